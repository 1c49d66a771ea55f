export { createDataSource, type DataSourceOptions } from './data-source.js';
export { type Executor } from './executor.js';
export { migrate, type MigrateOptions } from './migrate.js';
