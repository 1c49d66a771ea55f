import { SingleBar } from 'cli-progress';
import { describeDay } from './daily-summary.js';
import { demoDays } from './demo-days.js';
import type { GatewayClient } from './gateway-client.js';

/**
 * Has the days of the demo ingested, all at once, and prints a line for each.
 *
 * @returns whether all of them are complete
 */
export async function runDemo(gateway: GatewayClient, print: (line: string) => void): Promise<boolean> {
  const format = 'Ingesting {bar} {value}/{total} days, {duration_formatted}';
  // The terminal stays as it is, since Ctrl-C may end us in the middle.
  const bar = new SingleBar({ format, hideCursor: false, linewrap: true });
  // On a terminal only, on stderr: what is printed to stdout may be read by a program.
  if (process.stderr.isTTY) bar.start(demoDays.length, 0);
  let days;
  try {
    days = await Promise.all(
      demoDays.map(async (date) => {
        await gateway.ingest(date);
        bar.increment();
        return gateway.summary(date);
      }),
    );
  } finally {
    bar.stop();
  }
  for (const day of days) print(describeDay(day));
  return days.every(({ state }) => state === 'complete');
}
