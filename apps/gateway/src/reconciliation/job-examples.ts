import { type JobKind, type JobRequest } from '@app/contracts';

type Example<Kind extends JobKind = JobKind> = { summary: string; value: Extract<JobRequest, { kind: Kind }> };

/** A request of each kind that Swagger UI can send as it is; a kind without one does not compile. */
export const jobExamples: { [Kind in JobRequest['kind']]: Example<Kind> } = {
  ingest: { summary: 'Fetch some periods again', value: { kind: 'ingest', date: '2025-05-26', periods: '12-24' } },
  'ingest-month': {
    summary: 'Fetch a week of a month',
    value: { kind: 'ingest-month', month: '2025-05', from: '2025-05-25', to: '2025-05-31', batchSize: 5 },
  },
  date: { summary: 'Complete a date', value: { kind: 'date', date: '2025-05-26', reason: 'looked odd' } },
  range: {
    summary: 'Complete a range',
    value: { kind: 'range', from: '2025-05-26', to: '2025-05-31', batchSize: 5 },
  },
  reconcile: { summary: 'Fill every gap, newest first', value: { kind: 'reconcile', batchSize: 10 } },
  critical: {
    summary: 'Some periods of a date, with extra care',
    value: { kind: 'critical', date: '2025-05-26', periods: '44-48' },
  },
  'most-critical': { summary: 'The date with the largest gap, with extra care', value: { kind: 'most-critical' } },
  sequence: {
    summary: 'The periods of a date in order, four at a time',
    value: { kind: 'sequence', date: '2025-05-26', batchSize: 4 },
  },
  'spot-fix': {
    summary: 'One combination, all miner models',
    value: { kind: 'spot-fix', date: '2025-05-26', period: 12, farmId: 'T_VKNGW-1' },
  },
  'daily-check': {
    summary: 'Compare the newest dates with the source, and repair',
    value: { kind: 'daily-check', days: 2, force: false },
  },
  calculate: {
    summary: 'Calculations of one miner model',
    value: { kind: 'calculate', from: '2025-05-26', to: '2025-05-31', minerModel: 'S9' },
  },
  summarize: { summary: 'Summaries of a month', value: { kind: 'summarize', month: '2025-05' } },
  fix: {
    summary: 'Compare with the source, and repair what differs',
    value: { kind: 'fix', date: '2025-05-26', sampling: 'progressive' },
  },
  'force-fix': { summary: 'Repair without asking', value: { kind: 'force-fix', date: '2025-05-26' } },
  'difficulty-mismatch': {
    summary: 'Compare each difficulty with the store; mend nothing',
    value: { kind: 'difficulty-mismatch', apply: false },
  },
  'bmu-mapping': {
    summary: 'Compare the register of BM units; store nothing',
    value: { kind: 'bmu-mapping', apply: false },
  },
  'wind-generation': {
    summary: 'Wind generation of some dates',
    value: { kind: 'wind-generation', from: '2025-05-26', to: '2025-05-28' },
  },
};
