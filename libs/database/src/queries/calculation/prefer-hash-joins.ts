import { type Executor, run } from '../../executor.js';

/**
 * Forbids nested loops until the transaction ends.
 *
 * The planner cannot know how many combinations the arrays of a bulk statement bring and guesses one row; a nested loop on
 * that guess took 5 to 160 times as long as the hash join.
 */
export async function preferHashJoins(transaction: Executor): Promise<void> {
  await run(transaction, 'set local enable_nestloop = off');
}
