export { allEvents } from './all-events.js';
export { type CloudEvent, type DataOf, type EventContract, type EventOf } from './define-event.js';
export { describeEvents } from './describe-events.js';
export * from './events/index.js';
