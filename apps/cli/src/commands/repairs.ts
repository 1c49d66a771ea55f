import { settlementDatesBetween } from '@app/domain';
import { type Command, defineCommand } from '../command.js';
import type { JobRequest } from '../gateway/gateway.js';
import { repairParameters, runJob } from '../jobs/run-job.js';
import {
  argument,
  date,
  flag,
  month,
  oneOf,
  option,
  optionalArgument,
  type Parameters,
  periods,
  span,
  text,
  type Values,
  wholeNumber,
} from '../parameters.js';

/** More dates than this are not begun by a slip of the finger. */
const UNASKED_DAYS = 31;

/** A repair by what it takes and what it asks for; all else is the same for all. */
function repair<Taken extends Parameters>(definition: {
  name: JobRequest['kind'];
  summary: string;
  parameters: Taken;
  examples: readonly string[];
  request: (values: Values<Taken>) => JobRequest;
}): Command {
  const { request, ...rest } = definition;
  return defineCommand({
    ...rest,
    group: 'Repair',
    parameters: { ...definition.parameters, ...repairParameters },
    run: (surroundings, values) => {
      const own = values as Values<Taken> & Values<typeof repairParameters>;
      const asked = request(own);
      return runJob(surroundings, asked, own, { needsConsent: isDestructive(asked) });
    },
  });
}

/** Whether it throws away what is there unseen, or works on so much that it is worth a look before. */
function isDestructive(request: JobRequest): boolean {
  if (request.kind === 'force-fix') return true;
  const { from, to = from } = request as { from?: string; to?: string };
  return from !== undefined && to !== undefined && settlementDatesBetween(from, to).length > UNASKED_DAYS;
}

const settlementDate = argument('date', 'settlement date, YYYY-MM-DD', date);
const from = argument('from', 'first settlement date, YYYY-MM-DD', date);
const to = argument('to', 'last settlement date, at most 366 days', date);
const lastDate = optionalArgument('to', 'last settlement date; the first when left out', date);
const batchSize = option('--batch-size <dates>', 'how many dates are worked on at once, 1 to 31', wholeNumber(1, 31));
const somePeriods = option('--periods <periods>', 'some settlement periods of the day, such as 44-48', periods);
const sampling = option(
  '--sampling <periods>',
  'which periods are compared with the source: progressive, random, fixed or full',
  oneOf(['progressive', 'random', 'fixed', 'full']),
);

/** In the order of the table of commands. */
export const repairCommands: readonly Command[] = [
  repair({
    name: 'reconcile',
    summary: 'fills every gap among the dates that were ever ingested, newest first',
    parameters: { batchSize },
    examples: ['windfall reconcile', 'windfall reconcile --batch-size 10 --dry-run'],
    request: ({ batchSize }) => ({ kind: 'reconcile', batchSize }),
  }),
  repair({
    name: 'date',
    summary: 'completes a date: fetches what is absent, partial or stale, then calculations and summaries',
    parameters: { date: settlementDate },
    examples: ['windfall date 2025-05-26'],
    request: ({ date }) => ({ kind: 'date', date }),
  }),
  repair({
    name: 'range',
    summary: 'completes each date from first to last',
    parameters: { from, to, batchSize },
    examples: ['windfall range 2025-05-01 2025-05-31 --batch-size 5'],
    request: ({ from, to, batchSize }) => ({ kind: 'range', from, to, batchSize }),
  }),
  repair({
    name: 'critical',
    summary: 'repairs a date with extra care: one period at a time, all derived anew, all compared at the end',
    parameters: { date: settlementDate, periods: somePeriods },
    examples: ['windfall critical 2025-05-26', 'windfall critical 2025-05-26 --periods 44-48'],
    request: ({ date, periods }) => ({ kind: 'critical', date, periods }),
  }),
  repair({
    name: 'most-critical',
    summary: 'finds the date with the largest gap and treats it as critical',
    parameters: {},
    examples: ['windfall most-critical'],
    request: () => ({ kind: 'most-critical' }),
  }),
  repair({
    name: 'sequence',
    summary: 'fetches the periods of one date in order, so many at a time',
    parameters: {
      date: settlementDate,
      batchSize: option(
        '--batch-size <periods>',
        'how many periods at a time, 1 to 31 (default 4)',
        wholeNumber(1, 31),
      ),
    },
    examples: ['windfall sequence 2025-05-26 --batch-size 4'],
    request: ({ date, batchSize = 4 }) => ({ kind: 'sequence', date, batchSize }),
  }),
  repair({
    name: 'spot-fix',
    summary: 'calculates one combination of date, period and farm again, all models, then its summaries',
    parameters: {
      date: settlementDate,
      period: argument('period', 'settlement period, 1 to 46, 48 or 50', wholeNumber(1, 50)),
      farmId: argument('farm', 'Elexon BM unit id', text),
    },
    examples: ['windfall spot-fix 2025-05-26 12 T_VKNGW-1'],
    request: ({ date, period, farmId }) => ({ kind: 'spot-fix', date, period, farmId }),
  }),
  repair({
    name: 'daily-check',
    summary: 'compares the newest dates with the source and repairs what differs or is missing',
    parameters: {
      days: option('--days <days>', 'how many dates, up to yesterday (default 2)', wholeNumber(1, 366)),
      force: flag('--force', 'fetch them in any case'),
      batchSize,
    },
    examples: ['windfall daily-check', 'windfall daily-check --days 7 --once-a-day'],
    request: ({ days, force, batchSize }) => ({ kind: 'daily-check', days, force, batchSize }),
  }),
  repair({
    name: 'fix',
    summary: 'compares a date with the source, and fetches and derives it again where it differs',
    parameters: { date: settlementDate, sampling },
    examples: ['windfall fix 2025-05-26', 'windfall fix 2025-05-26 --sampling full'],
    request: ({ date, sampling }) => ({ kind: 'fix', date, sampling }),
  }),
  repair({
    name: 'force-fix',
    summary: 'fetches a date and derives all of it again, whatever is stored; shows the plan and asks',
    parameters: { date: settlementDate, sampling },
    examples: ['windfall force-fix 2025-05-26', 'windfall force-fix 2025-05-26 --yes'],
    request: ({ date, sampling }) => ({ kind: 'force-fix', date, sampling }),
  }),
  repair({
    name: 'ingest',
    summary: 'fetches a date, or some of its periods, from the source again, and derives what follows',
    parameters: { date: settlementDate, periods: somePeriods },
    examples: ['windfall ingest 2025-05-26', 'windfall ingest 2025-05-26 --periods 1-12'],
    request: ({ date, periods }) => ({ kind: 'ingest', date, periods }),
  }),
  repair({
    name: 'ingest-month',
    summary: 'fetches the dates of a month, as far as they have begun',
    parameters: {
      month: argument('month', 'month of settlement dates, YYYY-MM', month),
      days: option('--days <days>', 'some days of it, such as 1-10', span(1, 31)),
      batchSize,
    },
    examples: ['windfall ingest-month 2025-05', 'windfall ingest-month 2025-05 --days 1-10'],
    request: ({ month, days, batchSize }) => ({
      kind: 'ingest-month',
      month,
      ...(days && { from: dayOf(month, days.first), to: dayOf(month, days.last) }),
      batchSize,
    }),
  }),
  repair({
    name: 'calculate',
    summary: 'compares calculations row by row with what they rest on, mends them, then their summaries',
    parameters: { from, to: lastDate, model: option('--model <model>', 'one miner model, such as S9', text) },
    examples: ['windfall calculate 2025-05-26', 'windfall calculate 2025-05-01 2025-05-31 --model S9'],
    request: ({ from, to, model }) => ({ kind: 'calculate', from, to, minerModel: model }),
  }),
  repair({
    name: 'summarize',
    summary: 'compares the summaries of dates, a month or a year with what they are the sum of, and mends them',
    parameters: {
      from: argument('from', 'first settlement date, or a month YYYY-MM, or a year YYYY', dateMonthOrYear),
      to: lastDate,
    },
    examples: ['windfall summarize 2025-05-26', 'windfall summarize 2025-05', 'windfall summarize 2025'],
    request: ({ from, to }) => ({ kind: 'summarize', ...from, ...(to !== undefined && { to }) }),
  }),
  repair({
    name: 'difficulty-mismatch',
    summary: 'compares the difficulty of each calculation with the difficulty store, per period',
    parameters: { fix: flag('--fix', 'calculate again where they differ') },
    examples: ['windfall difficulty-mismatch', 'windfall difficulty-mismatch --fix'],
    request: ({ fix }) => ({ kind: 'difficulty-mismatch', apply: fix }),
  }),
  repair({
    name: 'bmu-mapping',
    summary: 'fetches the register of BM units and shows what is new, gone or changed',
    parameters: { apply: flag('--apply', 'store it, and fetch dates again that a new wind farm was missed on') },
    examples: ['windfall bmu-mapping', 'windfall bmu-mapping --apply'],
    request: ({ apply }) => ({ kind: 'bmu-mapping', apply }),
  }),
  repair({
    name: 'wind-generation',
    summary: 'fetches the onshore and offshore wind generation of each period',
    parameters: { from, to: lastDate, batchSize },
    examples: ['windfall wind-generation 2025-05-26 2025-05-28'],
    request: ({ from, to, batchSize }) => ({ kind: 'wind-generation', from, to, batchSize }),
  }),
];

function dayOf(month: string, day: number): string {
  return `${month}-${String(day).padStart(2, '0')}`;
}

/** What to sum again: a year is the range of its dates. */
function dateMonthOrYear(given: string): { month: string } | { from: string; to?: string } {
  if (/^\d{4}$/.test(given)) return { from: date(`${given}-01-01`), to: date(`${given}-12-31`) };
  return /^\d{4}-\d{2}$/.test(given) ? { month: month(given) } : { from: date(given) };
}
