import { type Command, defineCommand } from '../command.js';
import { exitCodes } from '../exit-codes.js';
import type { Schemas } from '../gateway/gateway.js';
import type { TextStyle } from '../output.js';
import { option, text, uuid, wholeNumber } from '../parameters.js';
import { countOf, instant } from '../text/format.js';
import { paintState } from '../text/paint-state.js';
import { table } from '../text/table.js';

type AuditRow = Schemas['AuditRow'];
type AuditVerification = Schemas['AuditVerification'];

const list = defineCommand({
  name: 'audit list',
  group: 'Keep',
  summary: 'lists who did what, why, and what came of it, newest first',
  parameters: {
    limit: option('--limit <rows>', 'how many at most (default 50)', wholeNumber(1, 1000)),
    requestedBy: option('--by <key>', 'only what this operator key did', text),
    jobId: option('--job <id>', 'only what is about this job', uuid),
  },
  examples: ['windfall audit list', 'windfall audit list --by operator --limit 200 --json'],
  async run({ gateway, output }, { limit = 50, requestedBy, jobId }) {
    const query = { limit, requestedBy, jobId };
    const found = await gateway.answer(gateway.routes.GET('/api/reconciliation/audit', { params: { query } }));
    output.result(found, describeAudit);
    return exitCodes.fine;
  },
});

const verify = defineCommand({
  name: 'audit verify',
  group: 'Keep',
  summary: 'reads the audit log from its first row and tells whether anybody has changed it',
  parameters: {},
  examples: ['windfall audit verify'],
  async run({ gateway, output }) {
    const found = await gateway.answer(gateway.routes.GET('/api/reconciliation/audit/verification'));
    output.result(found, describeVerification);
    return found.intact ? exitCodes.fine : exitCodes.failed;
  },
});

export const auditCommands: readonly Command[] = [list, verify];

function describeAudit({ items }: { items: AuditRow[] }, { paint, width }: TextStyle): string {
  if (items.length === 0) return 'Nothing was done yet.';
  return table<AuditRow>(
    [
      { title: 'row', align: 'right', cell: ({ sequence }) => String(sequence) },
      { title: 'at', cell: ({ at }) => instant(at) },
      { title: 'by', cell: ({ requestedBy }) => requestedBy },
      { title: 'action', cell: ({ action }) => action },
      { title: 'outcome', cell: ({ outcome }) => paintState(outcome, paint) },
      { title: 'job', cell: ({ jobId }) => jobId ?? '' },
      { title: 'why', cell: ({ reason, cause }) => [reason, cause?.detail].filter(Boolean).join('; ') },
    ],
    items,
    paint,
    width,
  );
}

function describeVerification(found: AuditVerification, { paint }: TextStyle): string {
  const { intact, rows, headHash } = found;
  if (intact) return `${paint('green', 'intact')}  ${countOf(rows, 'row')}, the newest with hash ${headHash}`;
  const fault = found.break === null ? '' : `row ${found.break.sequence} ${found.break.kind}: ${found.break.detail}`;
  return `${paint('red', 'broken')}  after ${countOf(rows, 'sound row')}: ${fault}`;
}
