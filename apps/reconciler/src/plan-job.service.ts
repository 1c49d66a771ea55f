import { createHash } from 'node:crypto';
import { type JobPlan } from '@app/contracts';
import {
  type DayToPlan,
  type Executor,
  findDaysToPlan,
  findMinerModels,
  findMovedDates,
  isKnownFarm,
  type MovedDate,
  type NewJobItem,
} from '@app/database';
import { stepsAhead, WindfallError } from '@app/domain';
import { Inject, Injectable } from '@nestjs/common';
import { factsOf } from './day-facts.js';
import { FindDatesService, type FoundDates } from './find-dates.service.js';
import { type AnyRequest, isExclusive, stepsOf } from './job-steps.js';

/** What a request means: the dates, and what for each. */
export interface Outline extends FoundDates {
  items: NewJobItem[];
}

/** An outline with what is known of its dates, as it is told to whoever asks before. */
export interface Plan extends Outline {
  days: DayToPlan[];
  planHash: string;
}

const UNCHECKED = { calculationChecked: false, summaryChecked: false };
const MOVED_DATES_NAMED = 10;

/** Finds out what a request means as things are: for which dates, and what for each. Writes nothing. */
@Injectable()
export class PlanJobService {
  constructor(@Inject(FindDatesService) private readonly dates: FindDatesService) {}

  /**
   * What is to be done now. The days themselves are only looked at when the request names a plan.
   *
   * @throws {WindfallError} as `plan`
   */
  async outline(executor: Executor, request: AnyRequest): Promise<Outline> {
    if ('planHash' in request && request.planHash !== undefined) return await this.plan(executor, request);
    return await this.find(executor, request);
  }

  /**
   * @throws {WindfallError} `unknown-farm`, `unknown-miner-model`, `impossible-settlement-date`; `plan-outdated` when the request
   *   names a plan that would be another one now
   */
  async plan(executor: Executor, request: AnyRequest): Promise<Plan> {
    const found = await this.find(executor, request);
    const days = await findDaysToPlan(executor, found.dates);
    const digest = digestOf(request, found.items, days);
    await refuseOutdated(executor, request, digest, found.dates);
    return { ...found, days, planHash: `${Date.now().toString(36)}-${Object.values(digest).join('')}` };
  }

  private async find(executor: Executor, request: AnyRequest): Promise<Outline> {
    await requireKnownNames(executor, request);
    const found = await this.dates.find(executor, request);
    const items = found.dates.map((settlementDate) => ({
      settlementDate,
      steps: stepsOf(request, settlementDate),
      exclusive: isExclusive(request),
    }));
    return { ...found, items };
  }

  /** The plan as it is served. */
  served(request: AnyRequest, { items, days, result, planHash }: Plan): JobPlan {
    const { kind, ...rest } = request;
    const planned = items.map(({ settlementDate, steps }, index): JobPlan['items'][number] => {
      const { day, causes, holder } = days[index] ?? { day: null, causes: [], holder: null };
      const facts = factsOf(day, UNCHECKED);
      return {
        settlementDate,
        state: facts?.state ?? 'absent',
        causes: facts === null ? ['not-fetched'] : causes,
        steps: stepsAhead(facts, steps),
        holder,
      };
    });
    const withStep = (...kinds: string[]) =>
      planned.filter(({ steps }) => steps.some((step) => kinds.includes(step.do))).length;
    const totals = {
      items: planned.length,
      fetched: withStep('ingest', 'fetch-wind-generation', 'compare-register'),
      verified: withStep('verify'),
      derived: withStep('calculate', 'aggregate'),
    };
    const { planHash: _, ...asked } = rest as Record<string, unknown>;
    return { kind, arguments: asked, items: planned, totals, result, planHash };
  }
}

/** What a plan is of, each part as hexadecimal digits of a hash; together they are as long as one. */
interface PlanDigest {
  /** What is asked for. */
  request: string;
  /** Dates, and the steps of each. */
  items: string;
  /** The state that these dates are in. */
  days: string;
}

const PART_LENGTHS: Readonly<Record<keyof PlanDigest, number>> = { request: 16, items: 16, days: 32 };

function digestOf(request: AnyRequest, items: readonly NewJobItem[], days: readonly DayToPlan[]): PlanDigest {
  const { planHash: _hash, reason: _reason, onConflict: _conflict, ...meant } = request as Record<string, unknown>;
  const asked = Object.entries(meant).sort(([a], [b]) => a.localeCompare(b));
  const seen = days.map(({ settlementDate, day, version, causes, windRevision, registerVersion }) => {
    // What fetches the wind generation or the register rests on those, and nothing else does.
    if (request.kind === 'wind-generation') return [settlementDate, windRevision];
    if (request.kind === 'bmu-mapping') return [registerVersion];
    return [settlementDate, day, version, causes];
  });
  return { request: hashOf(asked, 'request'), items: hashOf(items, 'items'), days: hashOf(seen, 'days') };
}

function hashOf(value: unknown, part: keyof PlanDigest): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, PART_LENGTHS[part]);
}

/** The parts of a plan's hash, and the instant at which it was made. */
function readPlanHash(planHash: string): PlanDigest & { madeAt: string } {
  const [madeAt = '', digest = ''] = planHash.split('-');
  const { request, items } = PART_LENGTHS;
  return {
    madeAt: new Date(parseInt(madeAt, 36)).toISOString(),
    request: digest.slice(0, request),
    items: digest.slice(request, request + items),
    days: digest.slice(request + items),
  };
}

async function refuseOutdated(
  executor: Executor,
  request: AnyRequest,
  digest: PlanDigest,
  dates: readonly string[],
): Promise<void> {
  if (!('planHash' in request) || request.planHash === undefined) return;
  const { madeAt, ...planned } = readPlanHash(request.planHash);
  if (planned.request !== digest.request) throw outdated(`This planHash is of another request, made at ${madeAt}.`, []);
  if (planned.items === digest.items && planned.days === digest.days) return;
  // Where other dates are concerned now, what came to those that no longer are may be why.
  const concerned = planned.items === digest.items ? dates : null;
  const of = request.kind === 'wind-generation' ? 'wind generation' : 'curtailment';
  const changes = await findMovedDates(executor, { of, since: madeAt, dates: concerned, limit: MOVED_DATES_NAMED });
  const told = changes.map(({ settlementDate, what, at }) => `${settlementDate} was ${what} at ${at}`).join(', ');
  const what = concerned === null ? 'Other dates are concerned now' : 'What is stored of its dates is another now';
  const how =
    changes.length > 0 ? told : 'time went on, a register was stored, or somebody changed rows in the database';
  throw outdated(`${what} than at the plan of ${madeAt}: ${how}.`, changes);
}

function outdated(what: string, changes: readonly MovedDate[]): WindfallError {
  return new WindfallError('plan-outdated', `${what} Ask for a new plan and look at it.`, { details: { changes } });
}

async function requireKnownNames(executor: Executor, request: AnyRequest): Promise<void> {
  if ('farmId' in request && !(await isKnownFarm(executor, request.farmId)))
    throw unknown('unknown-farm', 'farmId', `No BM unit ${request.farmId} is in the register.`, 'listed by /api/farms');
  if (!('minerModel' in request) || request.minerModel === undefined) return;
  const names = (await findMinerModels(executor)).map(({ name }) => name);
  if (names.includes(request.minerModel)) return;
  const detail = `There is no miner model ${request.minerModel}.`;
  throw unknown('unknown-miner-model', 'minerModel', detail, names.join(', '));
}

function unknown(
  code: 'unknown-farm' | 'unknown-miner-model',
  field: string,
  detail: string,
  allowed: string,
): WindfallError {
  return new WindfallError(code, detail, { details: { errors: [{ field, detail, allowed }] } });
}
