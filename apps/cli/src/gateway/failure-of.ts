import { CommandFailure, type ExitCode, exitCodes } from '../exit-codes.js';
import type { components } from './api.js';

type Problem = components['schemas']['Problem'];

/** What the gateway's refusal means for whoever asked. */
export function failureOf(response: Pick<Response, 'status' | 'url'>, body: unknown): CommandFailure {
  if (!isProblem(body)) {
    return new CommandFailure(
      exitCodes.unreachable,
      `${response.url} answered HTTP ${response.status}, without saying why.`,
    );
  }
  return new CommandFailure(exitCodeOf(response.status), describeProblem(body), body);
}

function exitCodeOf(status: number): ExitCode {
  if ([401, 403, 429, 502, 503, 504].includes(status)) return exitCodes.unreachable;
  // Nobody else can set right what is malformed, impossible or unknown.
  if ([400, 404, 405, 413, 415, 422].includes(status)) return exitCodes.wrongUsage;
  return exitCodes.failed;
}

/** A problem in sentences: what happened, each field at fault with what it may be, and who holds the date. */
export function describeProblem({ status, title, detail, errors = [], holder }: Problem): string {
  const lines = [`${title}: ${detail}`];
  for (const { field, detail: fault, allowed } of errors) {
    lines.push(`  ${field}: ${fault}${allowed === null ? '' : ` Allowed: ${allowed}`}`);
  }
  if (holder !== undefined) {
    const { jobId, kind, settlementDate, sinceAt } = holder;
    lines.push(`  ${settlementDate} is held by the ${kind} job ${jobId} since ${sinceAt}.`);
    lines.push(`  See windfall job ${jobId}; with --queue the job waits for the date.`);
  }
  if (status === 401) lines.push('  WINDFALL_API_KEY takes an operator key; npm run operator-key makes one.');
  return lines.join('\n');
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'title' in body && 'detail' in body;
}
