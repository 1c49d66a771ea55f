import { type Executor, run } from '../executor.js';
import { preferHashJoins } from './prefer-hash-joins.js';

/**
 * Begins a transaction that compares tables with each other: all its statements see one moment, so that what services write
 * meanwhile is no difference; and every join of such sets is a hash join. The first statement of the transaction.
 */
export async function beginCheck(transaction: Executor): Promise<void> {
  await run(transaction, 'set transaction isolation level repeatable read, read only');
  await preferHashJoins(transaction);
}
