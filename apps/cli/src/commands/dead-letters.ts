import { type Command, defineCommand } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import type { Schemas } from '../gateway/gateway.js';
import type { TextStyle } from '../output.js';
import { flag, option, optionalArgument, text, wholeNumber } from '../parameters.js';
import { count, countOf, instant, unknown } from '../text/format.js';
import { table } from '../text/table.js';

type DeadLetter = Schemas['DeadLetter'];

const durable = option('--durable <consumer>', 'only those that this consumer gave up', text);

const list = defineCommand({
  name: 'dead-letters list',
  group: 'Keep',
  summary: 'lists events that no attempt could handle, with the cause',
  parameters: { durable },
  examples: ['windfall dead-letters list', 'windfall dead-letters list --durable calculator_curtailment-ingested_v1'],
  async run({ gateway, output }, { durable }) {
    const items = await gateway.all((cursor) =>
      gateway.answer(
        gateway.routes.GET('/api/reconciliation/dead-letters', { params: { query: { durable, cursor, limit: 200 } } }),
      ),
    );
    output.result({ items }, describeDeadLetters);
    return exitCodes.fine;
  },
});

const replay = defineCommand({
  name: 'dead-letters replay',
  group: 'Keep',
  summary: 'sends dead letters again, once their cause is mended: one, those of a consumer, or all',
  parameters: {
    sequence: optionalArgument('sequence', 'number of one of them', wholeNumber(1, Number.MAX_SAFE_INTEGER)),
    durable,
    all: flag('--all', 'all there are'),
    reason: option('--reason <text>', 'why', text),
  },
  examples: ['windfall dead-letters replay 17', 'windfall dead-letters replay --all --reason "grants are mended"'],
  async run({ gateway, output }, { sequence, durable, all, reason }) {
    const body = { sequence, durable, reason, ...(all && { all: true as const }) };
    const answer = await gateway.answer(gateway.routes.POST('/api/reconciliation/dead-letters/replay', { body }));
    output.result(answer, describeReplayed);
    return exitCodes.fine;
  },
});

export const deadLetterCommands: readonly Command[] = [list, replay];

function describeDeadLetters({ items }: { items: DeadLetter[] }, { paint, width }: TextStyle): string {
  if (items.length === 0) return 'No dead letters.';
  return table<DeadLetter>(
    [
      { title: 'sequence', align: 'right', cell: ({ sequence }) => String(sequence) },
      { title: 'consumer', cell: (letter) => letter.durable },
      { title: 'date', cell: ({ settlementDates }) => settlementDates ?? unknown },
      { title: 'attempts', align: 'right', cell: ({ attempts }) => count(attempts) },
      { title: 'given up', cell: ({ diedAt }) => instant(diedAt) },
      { title: 'cause', cell: ({ cause }) => `${cause.code}: ${cause.detail}` },
    ],
    items,
    paint,
    width,
  );
}

function describeReplayed({ replayed, left }: Schemas['DeadLettersReplayed']): string {
  return `${countOf(replayed, 'dead letter')} sent again.${left ? ' More may be left: ask again.' : ''}`;
}
