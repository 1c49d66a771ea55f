import { type Executor } from './executor.js';
import { measure } from './measure.js';
import { findOutboxBacklog } from './queries/outbox/find-outbox-backlog.js';
import { type OutboxSchema } from './queries/outbox/insert-outbox-rows.js';

/** Measures a service's own outbox; nobody else does. */
export function measureOutbox(database: Executor, schema: OutboxSchema): void {
  measure('windfall_outbox_rows', 'Events that wait to be published', async () => {
    const { rows } = await findOutboxBacklog(database, schema);
    return [[rows, { schema }]];
  });
  measure('windfall_outbox_age_seconds', 'Age of the oldest event that waits to be published', async () => {
    const { seconds } = await findOutboxBacklog(database, schema);
    return [[seconds, { schema }]];
  });
}
