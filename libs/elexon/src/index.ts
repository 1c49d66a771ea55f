export { type Answer, InsightsClient, WIND_WINDOW_DAYS } from './insights-client.js';
export { type JsonSourceOptions, type Patience } from './json-source.js';
export { type PhysicalNotification } from './physical-notifications.js';
export { type BmUnit } from './register-units.js';
export { RequestAllowance, type RequestBudget } from './request-budget.js';
export { SourceError } from './source-error.js';
export { type SystemPrice } from './system-prices.js';
