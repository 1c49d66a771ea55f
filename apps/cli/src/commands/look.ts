import { type Command, defineCommand } from '../command.js';
import { exitCodes } from '../exit-codes.js';
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

export const lookCommands: readonly Command[] = [status];
