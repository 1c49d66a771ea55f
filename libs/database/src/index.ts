export { Database, type DatabaseOptions, type PoolUse } from './database.js';
export { createDataSource, type DataSourceOptions } from './data-source.js';
export { type Executor } from './executor.js';
export { followJobs } from './follow-jobs.js';
export { followLedgers } from './follow-ledgers.js';
export { type Listener } from './listen.js';
export { measure, type Measured } from './measure.js';
export { measureOutbox } from './measure-outbox.js';
export { migrate, type MigrateOptions } from './migrate.js';
export { deleteWindPeriods } from './queries/ingestion/delete-wind-periods.js';
export { drawWindFetchNumber } from './queries/ingestion/draw-wind-fetch-number.js';
export { findAlteredWindDays } from './queries/ingestion/find-altered-wind-days.js';
export {
  findWindGeneration,
  type StoredWindDay,
  type StoredWindPeriod,
} from './queries/ingestion/find-wind-generation.js';
export { findWindPeriods } from './queries/ingestion/find-wind-periods.js';
export { lockWindGenerationDays } from './queries/ingestion/lock-wind-generation-days.js';
export {
  recordFailedWindFetch,
  type StampedWindDay,
  stampWindGenerationDays,
} from './queries/ingestion/stamp-wind-generation-days.js';
export { storeWindPeriods } from './queries/ingestion/store-wind-periods.js';
export { drawFetchNumber } from './queries/ingestion/draw-fetch-number.js';
export {
  findSettlementPeriods,
  type PeriodState,
  type StoredPeriod,
} from './queries/ingestion/find-settlement-periods.js';
export { findStoredContent, type StoredContent } from './queries/ingestion/find-stored-content.js';
export { findWindUnits, type WindUnit } from './queries/ingestion/find-wind-units.js';
export { type Grant, grantRequests } from './queries/ingestion/grant-requests.js';
export { lockSettlementDay, type LockedDay } from './queries/ingestion/lock-settlement-day.js';
export { type PeriodOutcome, recordSettlementPeriods } from './queries/ingestion/record-settlement-periods.js';
export {
  curtailmentRecordRows,
  deleteCurtailmentRecords,
  insertCurtailmentRecords,
} from './queries/ingestion/replace-curtailment-records.js';
export { type StampedDay, stampSettlementDay } from './queries/ingestion/stamp-settlement-day.js';
export { storeRegisterVersion } from './queries/ingestion/store-register-version.js';
export {
  findDaysToCalculate,
  type DayToCalculate,
  type DaysToCalculate,
} from './queries/calculation/find-days-to-calculate.js';
export { findMinerModels } from './queries/calculation/find-miner-models.js';
export { recountCalculations } from './queries/calculation/recount-calculations.js';
export { findServerLoad, type ServerLoad } from './queries/diagnostics/find-server-load.js';
export { probeConnection, probes } from './queries/diagnostics/probe.js';
export { beginCheck } from './queries/begin-check.js';
export { preferHashJoins } from './queries/prefer-hash-joins.js';
export { replaceCalculations } from './queries/calculation/replace-calculations.js';
export {
  type CalculatedDay,
  stampCalculatedDays,
  type StampedCalculation,
} from './queries/calculation/stamp-calculated-days.js';
export { findWaitingDays, type WaitingDay } from './queries/calculation/find-waiting-days.js';
export { lockDates } from './queries/lock-dates.js';
export { findDaysToAggregate, type DayToAggregate } from './queries/summary/find-days-to-aggregate.js';
export { lockYears } from './queries/summary/lock-years.js';
export { rebuildBitcoinDailySummaries } from './queries/summary/rebuild-bitcoin-daily-summaries.js';
export {
  rebuildDailyWindGeneration,
  renewDailyWindGeneration,
  type SummedWindDay,
} from './queries/summary/rebuild-daily-wind-generation.js';
export {
  rebuildMonthlyWindGeneration,
  rebuildYearlyWindGeneration,
} from './queries/summary/roll-up-wind-generation.js';
export { rebuildDailySummaries } from './queries/summary/rebuild-daily-summaries.js';
export { rebuildMonthlySummaries, rebuildYearlySummaries } from './queries/summary/roll-up-summaries.js';
export { findAuditChain } from './queries/audit/find-audit-chain.js';
export { findAuditHead } from './queries/audit/find-audit-head.js';
export { type AuditFilter, findAuditRows } from './queries/audit/find-audit-rows.js';
export { type EndedJob, findEndedJobs } from './queries/audit/find-ended-jobs.js';
export { insertAuditRows } from './queries/audit/insert-audit-rows.js';
export { lockAuditHead } from './queries/audit/lock-audit-head.js';
export {
  noteAggregatedDays,
  stampAggregatedDays,
  type StampedSummary,
} from './queries/summary/stamp-aggregated-days.js';
export { findGrantedRequests } from './queries/ingestion/find-granted-requests.js';
export { countAlerts } from './queries/reconciliation/count-alerts.js';
export { findAlertWorthyDays } from './queries/reconciliation/find-alert-worthy-days.js';
export { findAlerts } from './queries/reconciliation/find-alerts.js';
export { saveAlertChanges } from './queries/reconciliation/save-alert-changes.js';
export { tryLockAlerts } from './queries/reconciliation/try-lock-alerts.js';
export { countDays } from './queries/reconciliation/count-days.js';
export { cancelJob } from './queries/reconciliation/cancel-job.js';
export { claimJobItems } from './queries/reconciliation/claim-job-items.js';
export { findDateHolder, type Holder } from './queries/reconciliation/find-date-holder.js';
export { findOpenItems, type OpenItems, type RunningItem } from './queries/reconciliation/find-open-items.js';
export { findDaysWithoutWindGeneration } from './queries/reconciliation/find-days-without-wind-generation.js';
export { findStaleDays, type StaleDay } from './queries/reconciliation/find-stale-days.js';
export { insertJob, insertJobItems, type NewJob, type NewJobItem } from './queries/reconciliation/insert-job.js';
export {
  findCalculatedSpan,
  findDifficultyMismatches,
  type DifficultyMismatch,
  type ExpectedEpoch,
} from './queries/reconciliation/find-difficulty-mismatches.js';
export { type DayToPlan, findDaysToPlan, type StoredDayFacts } from './queries/reconciliation/find-day-facts.js';
export { countAutomaticJobs } from './queries/reconciliation/count-automatic-jobs.js';
export { findGapDates } from './queries/reconciliation/find-gap-dates.js';
export { findIdempotentOutcome, type IdempotentOutcome } from './queries/reconciliation/find-idempotent-outcome.js';
export { findIngestedDates } from './queries/reconciliation/find-ingested-dates.js';
export { findDayGaps } from './queries/reconciliation/find-day-gaps.js';
export { findMovedDates, type MovedDate } from './queries/reconciliation/find-moved-dates.js';
export { findUncountedDates, type UncountedDate } from './queries/reconciliation/find-uncounted-dates.js';
export { lockIdempotencyKey } from './queries/reconciliation/lock-idempotency-key.js';
export { saveIdempotentOutcome } from './queries/reconciliation/save-idempotent-outcome.js';
export { saveJobResult } from './queries/reconciliation/save-job-result.js';
export { resumeJob } from './queries/reconciliation/resume-job.js';
export {
  type AskedItem,
  type EndedItem,
  type ReportedItem,
  saveAskedItems,
  saveEndedItems,
  saveReportedItems,
} from './queries/reconciliation/save-job-items.js';
export { settleJobs, type SettledJob } from './queries/reconciliation/settle-jobs.js';
export { tryLockJobs } from './queries/reconciliation/try-lock-jobs.js';
export {
  findCurtailmentRecords,
  type ListedRecord,
  type RecordPosition,
  type StoredRecord,
} from './queries/ingestion/find-curtailment-records.js';
export { findRegisteredUnits, findRegisterVersion } from './queries/ingestion/find-registered-units.js';
export { isKnownFarm, isKnownLeadParty } from './queries/ingestion/find-known-names.js';
export { findDayStates, type StoredDayState, type StoredMissing } from './queries/reconciliation/find-day-states.js';
export { findJobEvents, type JobEvents, type StoredJobEvent } from './queries/reconciliation/find-job-events.js';
export {
  findJobItems,
  type StoredJobItem,
  type StoredJobItemFigures,
} from './queries/reconciliation/find-job-items.js';
export { findJob, findJobs, type JobPosition, type StoredJob } from './queries/reconciliation/find-jobs.js';
export {
  auditCalculationCounts,
  auditMonths,
  auditSettlementDays,
  auditSettlementPeriods,
  auditWindGenerationDays,
  type LedgerDifference,
} from './queries/reconciliation/audit-ledgers.js';
export { type DayToCheck, findDaysToCheck } from './queries/reconciliation/find-days-to-check.js';
export { type DateRange, findGaps, type LedgerGap } from './queries/reconciliation/find-gaps.js';
export { findGapSpan } from './queries/reconciliation/find-gap-span.js';
export { type CalculationDifference, compareCalculations } from './queries/calculation/compare-calculations.js';
export { findSuspectDays } from './queries/calculation/find-suspect-days.js';
export {
  compareDailySummaries,
  compareMonthlySummaries,
  compareYearlySummaries,
  type SummaryDifference,
} from './queries/summary/compare-summaries.js';
export {
  compareDailyWindGeneration,
  compareMonthlyWindGeneration,
  compareYearlyWindGeneration,
  type WindGenerationDifference,
} from './queries/summary/compare-wind-generation.js';
export { findStatus, NEWEST_GAPS, type StoredStatus } from './queries/reconciliation/find-status.js';
export { type FarmFilter, type StoredFigures } from './queries/summary/figures.js';
export { findDailySummaries, type StoredDailySummary } from './queries/summary/find-daily-summaries.js';
export {
  findMonthlySummaries,
  findYearlySummaries,
  type StoredRollUpSummary,
} from './queries/summary/find-roll-up-summaries.js';
export { claimUnpublishedRows, type UnpublishedRow } from './queries/outbox/claim-unpublished-rows.js';
export { deletePublishedRows } from './queries/outbox/delete-published-rows.js';
export { followOutbox, type HandedRows } from './queries/outbox/follow-outbox.js';
export {
  CLAIM_SECONDS,
  insertOutboxRows,
  type OutboxRow,
  type OutboxSchema,
} from './queries/outbox/insert-outbox-rows.js';
export { markPublished } from './queries/outbox/mark-published.js';
export { publishAgain } from './queries/outbox/publish-again.js';
export { releaseRows } from './queries/outbox/release-rows.js';
export { findMinerModelConstants, type MinerModelConstants } from './queries/calculation/find-miner-model-constants.js';
export {
  type FarmFigures,
  type FiguresOfMany,
  findFarmFigures,
  findLeadPartyFigures,
  type LeadPartyFigures,
  type Timeframe,
} from './queries/summary/find-farm-figures.js';
export {
  findPeriodFigures,
  type StoredPeriodFigures,
  type StoredPeriods,
} from './queries/summary/find-period-figures.js';
export { type StoredGap, type StoredLedger, type StoredMiningEpoch } from './queries/summary/ledger.js';
export { type StoredWindGeneration } from './queries/summary/wind-generation.js';
export {
  insertVerificationReport,
  type NewVerificationReport,
} from './queries/reconciliation/insert-verification-report.js';
export {
  findVerificationReport,
  findVerificationReports,
  type StoredFinding,
  type StoredVerificationReport,
} from './queries/reconciliation/find-verification-reports.js';
