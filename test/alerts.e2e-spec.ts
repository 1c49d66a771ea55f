import { beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, settlementDateAt } from '@app/domain';
import { Bus } from '@app/messaging';
import { atFileEnd, eventually, type TestService } from '@app/testing';
import { lightDays } from './light-days.js';
import { logLines } from './log-lines.js';
import { metricOf } from './metric.js';
import { type Stack, startStack } from './stack.js';

const [first, second] = ['2025-06-01', '2025-06-02'];
/** The difficulty that comes with the program ends in June 2026. */
const yesterday = addDays(settlementDateAt(new Date().toISOString()), -1);
const durable = 'ingestion_ingestion-requested_v1';

interface Told {
  level: string;
  msg: string;
  command?: string;
}

describe('What operators have to know of', () => {
  let stack: Stack;
  let bus: Bus;
  let replica: TestService;

  beforeAll(async () => {
    const simulated = { ...lightDays(first, second), SIMULATOR_SCENARIOS: `${yesterday}=quiet` };
    stack = await startStack(simulated, undefined, { ALERT_LOOK_SECONDS: '1' });
    bus = new Bus(stack.nats.url, 'e2e');
    atFileEnd(() => bus.close());
    replica = await stack.startAnother('reconciler');
  }, 120_000);

  const begun: Told[] = [];

  it('is logged once when it begins, whichever replica looks', async () => {
    await lackPeriods(first);
    // No daily check has ended yet, so the gap is nothing to be told of.
    await (await bus.jetStream()).client.publish('ingestion.requested.v1', 'no JSON at all');
    await tells({
      level: 'error',
      msg: `1 consumer gave events up: ${durable}`,
      command: 'windfall dead-letters list',
    });
    await dailyCheck();
    await tells(
      {
        level: 'error',
        msg: `1 day still lacks something after the daily check: ${first}`,
        command: `windfall date ${first}`,
      },
      {
        level: 'error',
        msg: `1 day since ${yesterday} waits for a difficulty; later ones will join without a further word`,
        command: 'windfall difficulty update, or windfall difficulty add HEIGHT INSTANT DIFFICULTY',
      },
    );
    await measures({ gap: 1, 'difficulty-missing': 0, 'difficulty-awaited': 1, 'dead-letter': 1 });
  });

  it('is not logged again after a restart, but what joins it is', async () => {
    await Promise.all([stack.services.reconciler.kill(), replica.kill()]);
    await Promise.all([stack.services.reconciler.restart(), replica.restart()]);
    await lackPeriods(second);
    await dailyCheck();
    await tells({
      level: 'error',
      msg: `1 more day still lacks something after the daily check: ${second}`,
      command: `windfall date ${second}`,
    });
    await measures({ gap: 2, 'difficulty-awaited': 1, 'dead-letter': 1 });
  });

  it('is logged once when it is over', async () => {
    await stack.simulator.heal();
    await stack.gateway.run({ kind: 'range', from: first, to: second });
    await tells({ level: 'info', msg: 'No day lacks anything any more' });
    // Invented: no difficulty later than this is known, and yesterday is less than 20 days after it.
    const fromAt = `${addDays(yesterday, -2)}T00:00:00Z`;
    await stack.gateway.addRetarget({ height: 955_584, fromAt, difficulty: '126543210987654' });
    await tells({ level: 'info', msg: 'No day waits for a difficulty any more' });
    await (await bus.jetStream()).manager.streams.purge('WINDFALL_DLQ');
    await tells({ level: 'info', msg: 'There are no dead letters any more' });
    await measures({ gap: 0, 'difficulty-missing': 0, 'difficulty-awaited': 0, 'dead-letter': 0 });
  });

  async function lackPeriods(date: string): Promise<void> {
    await stack.simulator.spoil({ kind: 'status', status: 500, date, periods: [3] });
    expect(await stack.gateway.run({ kind: 'date', date })).toMatchObject({ state: 'failed' });
  }

  async function dailyCheck(): Promise<void> {
    await stack.gateway.run({ kind: 'daily-check', days: 1 });
  }

  /** All that was told so far, by all replicas over all their runs, is what was told before and these. */
  async function tells(...expected: Told[]): Promise<void> {
    begun.push(...expected);
    await eventually(() => expect(told()).toEqual(inOrder(begun)), 30_000);
  }

  function told(): Told[] {
    const lines = [stack.services.reconciler, replica].flatMap((service) => logLines(service.logs()));
    const ours = lines.filter((line) => 'alert' in line) as unknown as Told[];
    return inOrder(ours.map(({ level, msg, command }) => ({ level, msg, ...(command !== undefined && { command }) })));
  }

  async function measures(expected: Record<string, number>): Promise<void> {
    for (const [kind, subjects] of Object.entries(expected)) {
      expect([kind, await metricOf(stack.services.reconciler, 'windfall_alerts', { kind })]).toEqual([kind, subjects]);
    }
  }
});

/** Replicas print beside each other. */
function inOrder(told: readonly Told[]): Told[] {
  return [...told].sort((a, b) => (a.msg < b.msg ? -1 : 1));
}
