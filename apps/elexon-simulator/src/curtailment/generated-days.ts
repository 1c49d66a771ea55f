import { logNormal, randomFor, wholeNumber, type Random } from '../random.js';
import type { UnitRegister, WindUnit } from '../register/bm-units.js';
import type { CalculationRun } from '../stack/calculation-run.js';
import { SENTINEL_PRICE, STEPS_PER_MWH, type BalancingAction, type Side } from '../stack/stack-row.js';
import { bidPriceOf } from './bid-price.js';
import { planDay, type DayPlan } from './day-plan.js';
import { scenarioOf, type ScenarioName } from './day-scenario.js';
import { acceptanceIdOf, drawCadlFlag } from './wind-action.js';

/** A unit's curtailment in one period, in whole steps of energy. */
interface Allocation {
  readonly unit: WindUnit;
  readonly steps: number;
}

/** Flagged rows are 93 % of a wind farm's rows (docs/data-sources.md 13): 75 others for each 1,000 of them. */
const UNFLAGGED_FOR_EACH_FLAGGED = 0.075;
const SENTINEL_FOR_EACH_UNIT = 0.02;
const RESTORED_SHARE_OF_UNITS = 0.08;
const UNTYPED_WIND_SHARE_OF_PERIODS = 0.1;

/** Wind actions invented from a seed, with the magnitudes of docs/data-sources.md 13. */
export class GeneratedDays {
  constructor(
    private readonly seed: string,
    private readonly register: UnitRegister,
    private readonly pinned: ReadonlyMap<string, ScenarioName>,
  ) {}

  /** How windy a date is, 0 the calmest of all days and 1 the windiest. */
  windinessOf(settlementDate: string): number {
    return scenarioOf(this.seed, settlementDate, this.pinned).windiness;
  }

  /** The actions of wind units in a period, as the given run has them; in no particular order. */
  actionsOf(side: Side, settlementDate: string, period: number, run: CalculationRun['name']): BalancingAction[] {
    const scenario = scenarioOf(this.seed, settlementDate, this.pinned);
    const plan = planDay(this.seed, settlementDate, scenario, this.register.wind);
    const allocations = this.allocate(plan, settlementDate, period);
    const actions =
      side === 'bid'
        ? this.bids(plan, allocations, settlementDate, period)
        : this.restoringOffers(allocations, settlementDate, period);
    if (run === 'next-day') return actions;
    return asFirstCalculated(randomFor(this.seed, 'first-run', side, settlementDate, period), actions);
  }

  /** Shares the period's energy among its units: by their usual share, never above what they can produce. */
  private allocate(plan: DayPlan, settlementDate: string, period: number): Allocation[] {
    const { mwh, units } = plan.periods[period - 1] ?? { mwh: 0, units: 0 };
    if (units === 0) return [];
    const random = randomFor(this.seed, 'allocation', settlementDate, period);
    const curtailed = plan.unitOrder.slice(0, enoughUnits(plan.unitOrder, units, mwh));
    // A large share already brings a unit to the front. With its square root as weight, being curtailed more often and
    // being curtailed by more together give the published shares.
    const demands = curtailed.map((unit) => ({
      unit,
      weight: Math.sqrt(unit.share) * logNormal(random, 0.7),
      limitMwh: unit.capacityMw / 2,
    }));
    return fill(demands, mwh).map(({ unit, mwh: share }) => ({
      unit,
      steps: Math.max(1, Math.round(share * STEPS_PER_MWH)),
    }));
  }

  private bids(plan: DayPlan, allocations: readonly Allocation[], settlementDate: string, period: number) {
    const random = randomFor(this.seed, 'wind-bids', settlementDate, period);
    const actions: BalancingAction[] = [];
    for (const { unit, steps } of allocations) {
      const action = {
        id: unit.id,
        bidOfferPairId: -1,
        cadlFlag: drawCadlFlag(random),
        soFlag: true,
        originalPrice: bidPriceOf(this.seed, unit.id, settlementDate),
      };
      let nth = 0;
      const nextId = () => acceptanceIdOf(this.seed, unit.id, settlementDate, period, nth++);
      for (const part of split(random, steps, plan.scenario.rowsPerUnitPeriod)) {
        actions.push({ ...action, acceptanceId: nextId(), volume: -part / STEPS_PER_MWH });
        if (random() >= UNFLAGGED_FOR_EACH_FLAGGED) continue;
        const volume = -wholeNumber(random, 1, part) / STEPS_PER_MWH;
        actions.push({ ...action, acceptanceId: nextId(), soFlag: false, volume });
      }
      if (random() < SENTINEL_FOR_EACH_UNIT) {
        actions.push({ ...action, acceptanceId: nextId(), originalPrice: SENTINEL_PRICE.bid, volume: 0 });
      }
    }
    if (allocations.length > 0 && random() < UNTYPED_WIND_SHARE_OF_PERIODS) {
      actions.push(this.untypedWindBid(random, settlementDate, period));
    }
    return actions;
  }

  /** A wind farm that the register does not type WIND: whoever selects by fuel type misses it and ought to notice. */
  private untypedWindBid(random: Random, settlementDate: string, period: number): BalancingAction {
    const { untypedWindIds } = this.register;
    const id = untypedWindIds[wholeNumber(random, 0, untypedWindIds.length - 1)] ?? '';
    return {
      id,
      acceptanceId: acceptanceIdOf(this.seed, id, settlementDate, period, 0),
      bidOfferPairId: -1,
      cadlFlag: false,
      soFlag: true,
      originalPrice: bidPriceOf(this.seed, id, settlementDate),
      volume: -wholeNumber(random, 60, 1_200) / STEPS_PER_MWH,
    };
  }

  /** A later acceptance that gives output back within the period is a positive row in a negative pair of the offers. */
  private restoringOffers(allocations: readonly Allocation[], settlementDate: string, period: number) {
    const random = randomFor(this.seed, 'wind-offers', settlementDate, period);
    return allocations
      .filter(() => random() < RESTORED_SHARE_OF_UNITS)
      .map(({ unit, steps }): BalancingAction => ({
        id: unit.id,
        acceptanceId: acceptanceIdOf(this.seed, unit.id, settlementDate, period, 7),
        bidOfferPairId: -1,
        cadlFlag: drawCadlFlag(random),
        soFlag: true,
        originalPrice: bidPriceOf(this.seed, unit.id, settlementDate) + 5,
        volume: wholeNumber(random, 1, Math.max(1, Math.floor(steps * 0.3))) / STEPS_PER_MWH,
      }));
  }
}

/** What the first run has of the final actions: some are still missing, some have another volume. */
function asFirstCalculated(random: Random, actions: readonly BalancingAction[]): BalancingAction[] {
  return actions.flatMap((action) => {
    const draw = random();
    if (draw < 0.03) return [];
    if (draw > 0.1) return [action];
    return [{ ...action, volume: Math.round(action.volume * STEPS_PER_MWH * (0.8 + 2 * draw)) / STEPS_PER_MWH }];
  });
}

/** The planned number of units, or as many more as it takes to curtail `mwh` in half an hour. */
function enoughUnits(unitOrder: readonly WindUnit[], planned: number, mwh: number): number {
  let possibleMwh = 0;
  for (const [index, unit] of unitOrder.entries()) {
    possibleMwh += unit.capacityMw / 2;
    if (index + 1 >= planned && possibleMwh * 0.9 >= mwh) return index + 1;
  }
  return unitOrder.length;
}

interface Demand {
  readonly unit: WindUnit;
  readonly weight: number;
  readonly limitMwh: number;
}

/** Splits `mwh` in proportion to the weights; what a unit cannot take goes to the others, which can take it together. */
function fill(demands: readonly Demand[], mwh: number): { unit: WindUnit; mwh: number }[] {
  const full: { unit: WindUnit; mwh: number }[] = [];
  let open = demands;
  let left = mwh;
  for (;;) {
    const perWeight = left / open.reduce((sum, { weight }) => sum + weight, 0);
    const over = open.filter(({ weight, limitMwh }) => weight * perWeight > limitMwh);
    if (over.length === 0) return [...full, ...open.map(({ unit, weight }) => ({ unit, mwh: weight * perWeight }))];
    for (const { unit, limitMwh } of over) full.push({ unit, mwh: limitMwh });
    left -= over.reduce((sum, { limitMwh }) => sum + limitMwh, 0);
    open = open.filter((demand) => !over.includes(demand));
  }
}

/** Parts a number of steps into one to three rows, `meanRows` on average, none of them empty. */
function split(random: Random, steps: number, meanRows: number): number[] {
  const chance = (meanRows - 1) / 2;
  const rows = Math.min(steps, 1 + Number(random() < chance) + Number(random() < chance));
  const parts: number[] = [];
  let left = steps;
  for (let open = rows; open > 1; open--) {
    const part = wholeNumber(random, 1, Math.max(1, Math.floor((2 * left) / open) - open));
    parts.push(Math.min(part, left - (open - 1)));
    left -= parts.at(-1) ?? 0;
  }
  return [...parts, left];
}
