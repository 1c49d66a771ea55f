import { isSettlementDate } from '@app/domain';
import * as z from 'zod';
import { ENDPOINTS, type Target } from '../endpoints/answer.js';
import { randomFor } from '../random.js';
import { RowSelection } from './row-selection.js';

const date = z.string().refine(isSettlementDate, 'is not a settlement date (YYYY-MM-DD)');

/** Which requests a rule applies to, and how often; everything left out means any, and always. */
const scope = {
  endpoint: z.enum(ENDPOINTS).optional(),
  side: z.enum(['bid', 'offer']).optional(),
  date: date.optional(),
  from: date.optional(),
  to: date.optional(),
  periods: z.array(z.int().min(1).max(50)).min(1).optional(),
  times: z.int().min(1).optional(),
  probability: z.number().gt(0).max(1).default(1),
};

const retryAfter = z.union([
  z.strictObject({ seconds: z.int().min(0) }),
  z.strictObject({ dateInSeconds: z.int().min(0) }),
]);
const field = z.string().min(1);
const rows = RowSelection.default('all');

export const NewFaultRule = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('status'),
      ...scope,
      status: z.int().min(400).max(599),
      retryAfter: retryAfter.optional(),
    }),
    z.strictObject({ kind: z.literal('reset'), ...scope }),
    z.strictObject({
      kind: z.literal('stall'),
      ...scope,
      after: z.enum(['nothing', 'headers', 'half']).default('half'),
    }),
    z.strictObject({ kind: z.literal('truncated'), ...scope }),
    z.strictObject({ kind: z.literal('html'), ...scope }),
    z.strictObject({ kind: z.literal('oversized'), ...scope, bytes: z.int().min(1).max(1_000_000_000) }),
    z.strictObject({ kind: z.literal('slow'), ...scope, latencyMs: z.int().min(0) }),
    z.strictObject({ kind: z.literal('missing-period'), ...scope, as: z.enum(['404', 'empty']).default('404') }),
    z.strictObject({ kind: z.literal('renamed-field'), ...scope, field, to: field, rows }),
    z.strictObject({ kind: z.literal('null-field'), ...scope, field, rows }),
    z.strictObject({ kind: z.literal('mistyped-field'), ...scope, field, rows }),
    z.strictObject({ kind: z.literal('removed-rows'), ...scope, rows }),
    z.strictObject({ kind: z.literal('unknown-field'), ...scope, field: field.default('simulatedField'), rows }),
    z.strictObject({
      kind: z.literal('duplicated-rows'),
      ...scope,
      values: z.enum(['same', 'different']).default('same'),
      rows,
    }),
  ])
  .refine((rule) => rule.from === undefined || rule.to === undefined || rule.from <= rule.to, {
    path: ['to'],
    message: 'lies before from',
  });
export type NewFaultRule = z.infer<typeof NewFaultRule>;

/** A rule in force, and how many answers it has spoilt. */
export interface FaultRule {
  readonly id: number;
  readonly rule: NewFaultRule;
  hits: number;
}

/** A fault that decides what is sent, as opposed to when. */
export type Fault = Exclude<NewFaultRule, { kind: 'slow' }>;

export interface Verdict {
  readonly delayMs: number;
  readonly fault: Fault | null;
}

/** The faults in force. Slow rules add up; of the others, the first one made that applies decides. */
export class FaultBook {
  private rules: FaultRule[] = [];
  private made = 0;
  /** How often each rule has met each request: what a draw of its probability is keyed on. */
  private readonly meetings = new Map<string, number>();

  constructor(private readonly seed: string) {}

  list(): readonly FaultRule[] {
    return this.rules;
  }

  add(rule: NewFaultRule): FaultRule {
    const added = { id: ++this.made, rule, hits: 0 };
    this.rules.push(added);
    return added;
  }

  /** Back to the start: the same rules, added again, hit the same requests. */
  clear(): void {
    this.rules = [];
    this.made = 0;
    this.meetings.clear();
  }

  /**
   * What is to happen to a request.
   *
   * @param url names the request for draws of probability: the same request meets the same fate at the same attempt,
   *   in whatever order different requests arrive
   */
  judge(target: Target, url: string): Verdict {
    let delayMs = 0;
    let fault: Fault | null = null;
    for (const entry of this.rules) {
      const { rule } = entry;
      if (rule.kind !== 'slow' && fault !== null) continue;
      if (!isInScope(rule, target) || !this.isDrawn(entry, url)) continue;
      entry.hits++;
      if (rule.kind === 'slow') delayMs += rule.latencyMs;
      else fault = rule;
    }
    return { delayMs, fault };
  }

  private isDrawn({ id, rule, hits }: FaultRule, url: string): boolean {
    if (rule.times !== undefined && hits >= rule.times) return false;
    if (rule.probability === 1) return true;
    const key = `${id} ${url}`;
    const meeting = (this.meetings.get(key) ?? 0) + 1;
    this.meetings.set(key, meeting);
    return randomFor(this.seed, 'fault', id, url, meeting)() < rule.probability;
  }
}

function isInScope(rule: NewFaultRule, target: Target): boolean {
  const { settlementDate, settlementPeriod } = target;
  const { from, to } = target.window ?? { from: settlementDate, to: settlementDate };
  return (
    (rule.endpoint === undefined || rule.endpoint === target.endpoint) &&
    (rule.side === undefined || rule.side === target.side) &&
    (rule.date === undefined || (from !== undefined && to !== undefined && from <= rule.date && rule.date <= to)) &&
    (rule.from === undefined || (to !== undefined && to >= rule.from)) &&
    (rule.to === undefined || (from !== undefined && from <= rule.to)) &&
    (rule.periods === undefined || (settlementPeriod !== undefined && rule.periods.includes(settlementPeriod)))
  );
}
