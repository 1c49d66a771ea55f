import type { EventContract } from './define-event.js';
import * as events from './events/index.js';

/** Every event there is: what the stream carries and the published documents describe. */
export const allEvents: readonly EventContract[] = Object.values(events);
