import { type Command, defineCommand } from '../command.js';
import type { JobRequest } from '../gateway/gateway.js';
import { repairParameters, runJob } from '../jobs/run-job.js';
import { argument, date, option, type Parameters, periods, type Values, wholeNumber } from '../parameters.js';

/** A repair by what it takes and what it asks for; all else of it is the same for all. */
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
      return runJob(surroundings, request(own), own);
    },
  });
}

const settlementDate = argument('date', 'settlement date, YYYY-MM-DD', date);
const batchSize = option('--batch-size <dates>', 'how many dates are worked on at once, 1 to 31', wholeNumber(1, 31));
const somePeriods = option('--periods <periods>', 'some settlement periods of the day, such as 44-48', periods);

/** In the order of the table of commands. */
export const repairCommands: readonly Command[] = [
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
    parameters: {
      from: argument('from', 'first settlement date, YYYY-MM-DD', date),
      to: argument('to', 'last settlement date, at most 366 days', date),
      batchSize,
    },
    examples: ['windfall range 2025-05-01 2025-05-31 --batch-size 5'],
    request: ({ from, to, batchSize }) => ({ kind: 'range', from, to, batchSize }),
  }),
  repair({
    name: 'ingest',
    summary: 'fetches a date, or some of its periods, from the source again, and derives everything anew',
    parameters: { date: settlementDate, periods: somePeriods },
    examples: ['windfall ingest 2025-05-26', 'windfall ingest 2025-05-26 --periods 1-12'],
    request: ({ date, periods }) => ({ kind: 'ingest', date, periods }),
  }),
];
