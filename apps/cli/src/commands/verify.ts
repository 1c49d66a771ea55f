import { type Command, defineCommand } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import { argument, uuid } from '../parameters.js';
import { describeReport } from '../text/describe-report.js';

const report = defineCommand({
  name: 'report',
  group: 'Look',
  summary: 'shows what a verification found, and what a repair changed',
  parameters: { id: argument('id', 'id of the report, as verify tells it', uuid) },
  examples: ['windfall report 0d8ee1a4-6f3f-4b87-a2b5-8f2f2d1a9c11'],
  async run({ gateway, output }, { id }) {
    const found = await gateway.answer(
      gateway.routes.GET('/api/reconciliation/reports/{id}', { params: { path: { id } } }),
    );
    output.result(found, describeReport);
    return exitCodes.fine;
  },
});

export const verifyCommands: readonly Command[] = [report];
