import { type Executor, rowOf } from '../../executor.js';

/** How many requests to the source were granted so far in this minute, to all replicas together. */
export async function findGrantedRequests(executor: Executor): Promise<number> {
  const { granted } = await rowOf<{ granted: number }>(
    executor,
    `select coalesce((select granted from ingestion.request_grants where minute = date_trunc('minute', now())), 0) as granted`,
  );
  return granted;
}
