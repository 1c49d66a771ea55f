// What a thread of the pool runs.
export { readPeriod as default } from './read-period.js';
