import { type Executor, run } from '../../executor.js';
import type { OutboxSchema } from './insert-outbox-rows.js';

/**
 * Takes back that messages were published, where the stream may not have them any more: those of the last five minutes,
 * since a server that crashed may have lost what it had acknowledged but not yet synced, and those of the last hour that
 * are older than the stream itself. What the stream still has is recognised by its id and dropped there.
 */
export async function publishAgain(executor: Executor, schema: OutboxSchema, streamCreatedAt: string): Promise<void> {
  await run(
    executor,
    `update ${schema}.outbox set published_at = null, claimed_until = null
     where published_at > now() - interval '5 minutes'
        or (published_at > now() - interval '1 hour' and published_at < $1)`,
    [streamCreatedAt],
  );
}
