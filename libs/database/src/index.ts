export { createDataSource, type DataSourceOptions } from './data-source.js';
export { type Executor } from './executor.js';
export { migrate, type MigrateOptions } from './migrate.js';
export { drawFetchNumber } from './queries/ingestion/draw-fetch-number.js';
export {
  findSettlementPeriods,
  type PeriodState,
  type StoredPeriod,
} from './queries/ingestion/find-settlement-periods.js';
export { findWindUnits, type WindUnit } from './queries/ingestion/find-wind-units.js';
export { lockSettlementDay, type LockedDay } from './queries/ingestion/lock-settlement-day.js';
export { type PeriodOutcome, recordSettlementPeriods } from './queries/ingestion/record-settlement-periods.js';
export { deleteCurtailmentRecords, insertCurtailmentRecords } from './queries/ingestion/replace-curtailment-records.js';
export { type StampedDay, stampSettlementDay } from './queries/ingestion/stamp-settlement-day.js';
export { type RegisteredUnit, storeRegisterVersion } from './queries/ingestion/store-register-version.js';
