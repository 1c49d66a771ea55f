import { type Command, defineCommand } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import type { Schemas } from '../gateway/gateway.js';
import { argument, decimal, instant, wholeNumber } from '../parameters.js';

const add = defineCommand({
  name: 'difficulty add',
  group: 'Repair',
  summary: 'adds a retarget by hand; days that it touches are calculated again',
  parameters: {
    height: argument('height', 'block from which it holds, a multiple of 2016', wholeNumber(0, 100_000_000)),
    fromAt: argument('instant', 'time of that block, UTC', instant),
    difficulty: argument('difficulty', 'the new difficulty', decimal),
  },
  examples: ['windfall difficulty add 897120 2025-05-17T14:02:23Z 121658450774825'],
  async run({ gateway, output }, retarget) {
    const added = await gateway.answer(gateway.routes.POST('/api/difficulty', { body: retarget }));
    output.result(added, describeAdded);
    return exitCodes.fine;
  },
});

export const difficultyCommands: readonly Command[] = [add];

function describeAdded({ height, fromAt, difficulty, added }: Schemas['AddedRetarget']): string {
  const what = `Difficulty ${difficulty} from block ${height} on (${fromAt})`;
  return added ? `${what} is added; days that it touches are calculated again.` : `${what} was known already.`;
}
