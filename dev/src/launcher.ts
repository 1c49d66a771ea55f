import { difficultyTable, waitingForDifficulty } from './difficulty-store.js';
import { GatewayClient } from './gateway-client.js';
import { runDemo } from './run-demo.js';
import type { Settings } from './settings.js';
import { type RunningStack, Stack } from './stack.js';
import { stopOnSignals } from './stop-on-signals.js';

// Results go to stdout, where a program may read them; everything else is for the eye.
const print = (line: string) => process.stdout.write(`${line}\n`);
const say = (line: string) => process.stderr.write(`${line}\n`);

/** Runs the whole stack; with `demo-once` until the days of the demo are through, else until it is told to stop. */
export async function launch(settings: Settings, mode: 'start' | 'demo' | 'demo-once'): Promise<void> {
  const simulated = mode !== 'start' && settings.elexonBaseUrl === undefined;
  const stack = new Stack(settings, simulated, say);
  const wish = stopOnSignals(stack, say);
  // `npm run operator-key` made another one.
  process.on('SIGUSR2', () => void stack.readOperatorKeys());
  let complete = true;
  try {
    const running = await stack.start();
    if (mode !== 'start') print(`Feed: ${simulated ? 'simulated' : String(settings.elexonBaseUrl)}`);
    print(`Gateway: ${running.gatewayUrl}`);
    print(`Swagger UI: ${running.gatewayUrl}/docs`);
    print(`Operator key: ${running.operatorKey}`);
    if (mode === 'start') await sayWhatWaits(running);
    else complete = await ingestDays(running, () => wish.uttered);
    if (mode === 'demo-once' && !wish.uttered) await stack.stop();
  } catch (error) {
    if (wish.uttered) return;
    await stack.stop();
    throw error;
  }
  if (wish.uttered) return;
  if (mode === 'demo-once') process.exit(complete ? 0 : 1);
  wish.serving = true;
  say('Serving; Ctrl-C stops');
}

async function sayWhatWaits({ env }: RunningStack): Promise<void> {
  const waiting = await waitingForDifficulty(difficultyTable(env), new Date());
  if (waiting !== undefined) say(waiting);
}

/** A day that cannot be ingested is no reason to serve nothing. */
async function ingestDays({ gatewayUrl, operatorKey }: RunningStack, isStopping: () => boolean): Promise<boolean> {
  try {
    const complete = await runDemo(new GatewayClient(gatewayUrl, operatorKey), print);
    if (!complete) say('Not every day is complete');
    return complete;
  } catch (error) {
    if (!isStopping()) say(`Not every day could be ingested: ${(error as Error).message}`);
    return false;
  }
}
