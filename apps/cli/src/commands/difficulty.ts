import { type Command, defineCommand } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import type { Schemas } from '../gateway/gateway.js';
import { argument, decimal, instant, option, text, wholeNumber } from '../parameters.js';

const reason = option('--reason <text>', 'why; kept in the audit log', text);

const add = defineCommand({
  name: 'difficulty add',
  group: 'Repair',
  summary: 'adds a retarget by hand; days that it touches are calculated again',
  parameters: {
    height: argument('height', 'block from which it holds, a multiple of 2016', wholeNumber(0, 100_000_000)),
    fromAt: argument('instant', 'time of that block, UTC', instant),
    difficulty: argument('difficulty', 'the new difficulty', decimal),
    reason,
  },
  examples: ['windfall difficulty add 897120 2025-05-17T14:02:23Z 121658450774825'],
  async run({ gateway, output }, body) {
    const added = await gateway.answer(gateway.routes.POST('/api/difficulty', { body }));
    output.result(added, describeAdded);
    return exitCodes.fine;
  },
});

const update = defineCommand({
  name: 'difficulty update',
  group: 'Repair',
  summary: 'fetches retargets that are not known yet and adds them; days that they touch are calculated again',
  parameters: { reason },
  examples: ['windfall difficulty update', 'windfall difficulty update --reason "days wait for it"'],
  notes: 'They come from the server that DIFFICULTY_SOURCE_URL of the reconciler names, such as https://mempool.space.',
  async run({ gateway, output }, body) {
    const updated = await gateway.answer(gateway.routes.POST('/api/difficulty/update', { body }));
    output.result(updated, describeUpdated);
    return exitCodes.fine;
  },
});

export const difficultyCommands: readonly Command[] = [add, update];

function describeUpdated({ added, newest }: Schemas['UpdatedDifficulty']): string {
  if (added.length === 0) return `Nothing is new since block ${newest.height} (${newest.fromAt}).`;
  return added.map((retarget) => describeAdded({ ...retarget, added: true })).join('\n');
}

function describeAdded({ height, fromAt, difficulty, added }: Schemas['AddedRetarget']): string {
  const what = `Difficulty ${difficulty} from block ${height} on (${fromAt})`;
  return added ? `${what} is added; days that it touches are calculated again.` : `${what} was known already.`;
}
