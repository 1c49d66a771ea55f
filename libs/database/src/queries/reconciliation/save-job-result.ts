import { type Executor, run } from '../../executor.js';

/** Notes what a job found. */
export async function saveJobResult(
  transaction: Executor,
  jobId: string,
  result: Record<string, unknown>,
): Promise<void> {
  await run(transaction, `update reconciliation.jobs set result = $2, updated_at = now() where id = $1`, [
    jobId,
    JSON.stringify(result),
  ]);
}
