import { setTimeout as sleep } from 'node:timers/promises';
import { isSettlementDate, periodStartAt, settlementDateAt, settlementPeriodsOf } from '@app/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { FaultBook } from '../control/faults.js';
import { sendAnswer } from '../control/send-answer.js';
import type { WindRevisions } from '../control/wind-revisions.js';
import type { WindDays } from '../curtailment/wind-days.js';
import type { UnitRegister } from '../register/bm-units.js';
import { instant } from '../stack/calculation-run.js';
import type { SettlementStack } from '../stack/settlement-stack.js';
import { failed, ok, okRows, type Answer, type Target } from './answer.js';
import { bmUnitAnswerOf } from './bm-units.js';
import { GATE_CLOSURE_MS, physicalNotificationsOf } from './physical-notifications.js';
import { systemPricesOf } from './system-prices.js';
import { windAndSolarOf } from './wind-and-solar.js';

const DAY_MS = 86_400_000;
const LONGEST_WINDOW_MS = 7 * DAY_MS;

export interface Insights {
  readonly seed: string;
  readonly register: UnitRegister;
  readonly windDays: WindDays;
  readonly stack: SettlementStack;
  readonly windRevisions: WindRevisions;
  readonly faults: FaultBook;
  readonly latencyMs: number;
  readonly nowMs: () => number;
}

const period = z.coerce.number().int().min(1).max(50);
const settlementDate = z.string().refine(isSettlementDate, 'must be a date, YYYY-MM-DD');
/** A date stands for its first instant in UTC. */
const instantMs = z
  .union([z.iso.date(), z.iso.datetime({ offset: true }), z.iso.datetime({ precision: -1 })])
  .transform((text) => Date.parse(text));

const StackPath = z.object({ side: z.enum(['bid', 'offer']), settlementDate, settlementPeriod: period });
const PricesPath = z.object({ settlementDate });
const PhysicalQuery = z.object({
  dataset: z.literal('PN', 'only PN is simulated'),
  settlementDate,
  settlementPeriod: period,
  bmUnit: z.union([z.array(z.string()), z.string().transform((one) => [one])]).optional(),
});
const WindAndSolarQuery = z.object({
  from: instantMs,
  to: instantMs,
  settlementPeriodFrom: period.default(1),
  settlementPeriodTo: period.default(50),
});

/** The operations of the Insights API that Windfall and its tests use, at the paths that they really have. */
export function insightsRoutes(app: FastifyInstance, insights: Insights): void {
  const { seed, register, windDays, windRevisions, stack, nowMs } = insights;
  const units = ok(register.lines.map(bmUnitAnswerOf));

  app.get('/balancing/settlement/stack/all/:side/:settlementDate/:settlementPeriod', (request, reply) => {
    const asked = StackPath.safeParse(request.params);
    if (!asked.success) return respond(insights, request, reply, { endpoint: 'stack' }, () => rejected(asked.error));
    const { side, settlementDate: date, settlementPeriod } = asked.data;
    return respond(insights, request, reply, { endpoint: 'stack', ...asked.data }, () =>
      // One observer saw 404 for a period that the day lacks. That one which has not settled yet is 200 without rows
      // is assumed: nobody has recorded it.
      settlementPeriod > settlementPeriodsOf(date)
        ? failed(404, `There is no settlement period ${settlementPeriod} on ${date}.`)
        : { status: 200, body: stack.answerOf(side, date, settlementPeriod) },
    );
  });

  app.get('/reference/bmunits/all', (request, reply) =>
    respond(insights, request, reply, { endpoint: 'bm-units' }, () => units),
  );

  app.get('/balancing/physical/all', (request, reply) => {
    const asked = PhysicalQuery.safeParse(request.query);
    const endpoint = 'physical-notifications';
    if (!asked.success) return respond(insights, request, reply, { endpoint }, () => rejected(asked.error));
    const { settlementDate: date, settlementPeriod, bmUnit } = asked.data;
    return respond(insights, request, reply, { endpoint, settlementDate: date, settlementPeriod }, () => {
      // Unlike the stack, a period that the day lacks is 200 without rows.
      if (settlementPeriod > settlementPeriodsOf(date)) return okRows('PN', []);
      if (Date.parse(periodStartAt(date, settlementPeriod)) - GATE_CLOSURE_MS > nowMs()) return okRows('PN', []);
      const rows = physicalNotificationsOf(seed, register, windDays, date, settlementPeriod);
      return okRows('PN', bmUnit === undefined ? rows : rows.filter((row) => bmUnit.includes(row.bmUnit ?? '')));
    });
  });

  app.get('/generation/actual/per-type/wind-and-solar', (request, reply) => {
    const endpoint = 'wind-and-solar';
    const asked = WindAndSolarQuery.safeParse(request.query);
    if (!asked.success) return respond(insights, request, reply, { endpoint }, () => rejected(asked.error));
    const window = windowOf(asked.data.from, asked.data.to);
    return respond(insights, request, reply, { endpoint, window }, () => {
      const { from: fromMs, to: toMs, settlementPeriodFrom: periodFrom, settlementPeriodTo: periodTo } = asked.data;
      if (fromMs > toMs || toMs - fromMs > LONGEST_WINDOW_MS) {
        return failed(400, 'The window from from to to must be at most 7 days.');
      }
      return okRows(
        'AGWS',
        windAndSolarOf(seed, { fromMs, toMs, periodFrom, periodTo }, windDays, windRevisions, nowMs()),
      );
    });
  });

  app.get('/balancing/settlement/system-prices/:settlementDate', (request, reply) => {
    const endpoint = 'system-prices';
    const asked = PricesPath.safeParse(request.params);
    if (!asked.success) return respond(insights, request, reply, { endpoint }, () => rejected(asked.error));
    return respond(insights, request, reply, { endpoint, ...asked.data }, () =>
      okRows('DISEBSP', systemPricesOf(seed, asked.data.settlementDate, stack)),
    );
  });

  app.get('/health', (request, reply) =>
    respond(insights, request, reply, { endpoint: 'health' }, () => ok({ status: 'Healthy' })),
  );
}

/** The dates that are asked for: whoever asks up to midnight does not mean the day that begins there. */
function windowOf(fromMs: number, toMs: number): NonNullable<Target['window']> {
  return { from: settlementDateAt(instant(fromMs)), to: settlementDateAt(instant(Math.max(fromMs, toMs - 1000))) };
}

async function respond(
  { faults, latencyMs, register }: Insights,
  request: FastifyRequest,
  reply: FastifyReply,
  target: Target,
  answer: () => Answer,
): Promise<FastifyReply> {
  const { delayMs, fault } = faults.judge(target, request.url);
  if (latencyMs + delayMs > 0) await sleep(latencyMs + delayMs);
  return sendAnswer(reply, answer(), fault, register.windIds);
}

function rejected(error: z.ZodError): Answer {
  return failed(400, error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}
