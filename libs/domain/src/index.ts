export { WindfallError, type ErrorCode, type ErrorDetails } from './errors.js';
export {
  AUDIT_ORIGIN,
  type AuditAction,
  auditActions,
  type AuditBreak,
  type AuditEntry,
  type AuditHead,
  auditHash,
  type AuditOutcome,
  auditOutcomes,
  type AuditRow,
  chainEntries,
  findBreak,
  findBreakAtEnd,
} from './audit/audit-chain.js';
export { type Service, services } from './services.js';
export { decimalText } from './decimal-text.js';
export { roundDecimal } from './decimal.js';
export { describeDates } from './settlement/describe-dates.js';
export {
  addDays,
  datesOfMonth,
  datesOfYear,
  isSettlementDate,
  monthOf,
  parseSettlementDate,
  parseSettlementMonth,
  parseSettlementYear,
  settlementDatesBetween,
  windowsOf,
  yearOf,
} from './settlement/settlement-date.js';
export {
  dayBoundsAt,
  finalAt,
  localHourAt,
  settledPeriodsOf,
  settlementDateAt,
  settlementPeriodsOf,
} from './settlement/settlement-day.js';
export {
  firstUnsettledPeriod,
  parsePeriods,
  periodStartAt,
  settlementPeriodFrom,
  settlementPeriodsUpTo,
} from './settlement/settlement-period.js';
export { coverTheSame, curtailedShare, type KnownDates } from './wind-generation/curtailed-share.js';
export {
  newerWindPeriods,
  type NewerWindPeriods,
  type WindOutput,
  type WindPeriod,
  type WindReading,
} from './wind-generation/newer-wind-periods.js';
export {
  type BmUnit,
  compareRegisters,
  type RegisterChanges,
  type RegisteredUnit,
} from './curtailment/compare-registers.js';
export { contentHash, type CurtailmentRecord } from './curtailment/curtailment-record.js';
export { selectCurtailed, type CurtailedSelection, type StackRow } from './curtailment/select-curtailed.js';
export { sumCurtailed, type CurtailedTotals } from './curtailment/sum-curtailed.js';
export { blockSubsidyAt } from './mining/block-subsidy.js';
export {
  difficultyAt,
  type DifficultyInForce,
  type NoDifficultyReason,
  type Retarget,
  RETARGET_BLOCKS,
} from './mining/difficulty.js';
export { difficultyOfBits } from './mining/difficulty-of-bits.js';
export { faultOfSuccession, missingRetargetHeights } from './mining/retarget-succession.js';
export {
  isRevalued,
  miningEpochsOf,
  type MiningEpoch,
  type MiningEpochs,
  type ValuedEpochs,
} from './mining/mining-epochs.js';
export { type BitcoinFactor, bitcoinFactorsOf } from './mining/bitcoin-factors.js';
export { bitcoinPerMwh, FORMULA_VERSION, potentialBtc, type MinerModel } from './mining/potential-bitcoin.js';
export {
  type Alert,
  type AlertChanges,
  type AlertKind,
  alertKinds,
  type AlertLine,
  alertLines,
  type AlertWorthy,
  compareAlerts,
} from './reconciliation/alert.js';
export { daysToRenew, type RebuiltDay, type WrittenSummaries } from './summary/days-to-renew.js';
export { type Gap, type GapCause, worstFirst } from './reconciliation/gap.js';
export { type DayGap, largestGap } from './reconciliation/largest-gap.js';
export {
  rollUpState,
  type DayState,
  type Missing,
  type MissingCause,
  type PeriodState,
} from './reconciliation/state.js';
export {
  type DayFacts,
  type ItemCause,
  type ItemProgress,
  type ItemStep,
  MAX_ATTEMPTS,
  nextStep,
  stepsAhead,
} from './reconciliation/next-step.js';
export { datesToVerify, VERIFIED_FROM, weeklyVerification } from './verification/dates-to-verify.js';
export { firstSample, furtherSample, largestSample, type Sampling, SAMPLINGS } from './verification/sample-periods.js';
export { type ComparisonOutcome, type Verdict, verdictOf } from './verification/verdict.js';
export { describeDifferences } from './verification/describe-differences.js';
export {
  comparePeriod,
  type PeriodComparison,
  type PeriodFigures,
  type RowDifferences,
  storedFiguresOf,
  type StoredPeriodContent,
} from './verification/compare-period.js';
export { type Due, latestDue, type Schedule } from './reconciliation/schedule.js';
export { type Narrowing, type Reported, type Step, type StepKind } from './reconciliation/step.js';
export { type Diagnosis, type Finding, gradeRisk, type Measured, type Risk } from './diagnostics/risk-grade.js';
