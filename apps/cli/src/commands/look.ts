import { type Command, defineCommand } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import { date, flag, option, wholeNumber } from '../parameters.js';
import { describeAnalysis } from '../text/describe-analysis.js';
import { describeStatus, hasGaps } from '../text/describe-status.js';

const status = defineCommand({
  name: 'status',
  group: 'Look',
  summary: 'how complete everything is: combinations, calculations, days, newest gaps',
  parameters: {},
  examples: ['windfall status', 'windfall status --json'],
  async run({ gateway, output }) {
    const found = await gateway.answer(gateway.routes.GET('/api/reconciliation/status'));
    output.result(found, describeStatus);
    return hasGaps(found) ? exitCodes.failed : exitCodes.fine;
  },
});

const analyze = defineCommand({
  name: 'analyze',
  group: 'Look',
  summary: 'what is missing or wrong by date and month, worst first, each with the command that repairs it',
  parameters: {
    from: option('--from <date>', 'first settlement date (default: the first there is)', date),
    to: option('--to <date>', 'last settlement date (default: today)', date),
    deep: flag('--deep', 'compare all rows with each other instead of believing the ledgers'),
    limit: option('--limit <gaps>', 'how many at most (default 50)', wholeNumber(1, 1000)),
  },
  examples: ['windfall analyze', 'windfall analyze --from 2025-05-01 --to 2025-05-31 --deep'],
  async run({ gateway, output }, { from, to, deep, limit = 50 }) {
    const query = { from, to, limit, ...(deep && { deep: 'true' as const }) };
    const found = await gateway.answer(gateway.routes.GET('/api/reconciliation/analysis', { params: { query } }));
    output.result(found, describeAnalysis);
    return found.items.length > 0 ? exitCodes.failed : exitCodes.fine;
  },
});

export const lookCommands: readonly Command[] = [status, analyze];
