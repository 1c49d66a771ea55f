/** A line that a service printed about what it did. */
export interface LogLine {
  time: string;
  service: string;
  msg: string;
  trace_id?: string;
  [field: string]: unknown;
}

/** The JSON lines of a log; what Node itself prints, such as warnings, is none. */
export function logLines(log: string): LogLine[] {
  return log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LogLine);
}
