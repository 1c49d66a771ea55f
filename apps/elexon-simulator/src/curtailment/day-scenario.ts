import { exponential, logNormal, randomFor } from '../random.js';

export const SCENARIO_NAMES = ['windy', 'typical', 'quiet', 'empty'] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];

/** How much one day is curtailed, in total. */
export interface DayScenario {
  /** SO-flagged wind bids, MWh. */
  readonly curtailedMwh: number;
  /** How many pairs of a unit and a period that energy comes from. */
  readonly unitPeriods: number;
  /** Part of the day's periods that have any curtailment, 0 to 1. */
  readonly activeShare: number;
  /** Stack rows for each of those pairs, on average. */
  readonly rowsPerUnitPeriod: number;
  /** Where the day stands among all days, 0 the calmest and 1 the windiest. */
  readonly windiness: number;
}

/** Days that always look the same, whatever the seed: the demo wants one of each. */
export const PINNED_SCENARIOS: Readonly<Record<string, ScenarioName>> = {
  '2025-05-26': 'windy',
  '2025-05-24': 'quiet',
  // The latest days of 46 and of 50 periods that the known difficulty covers.
  '2026-03-29': 'typical',
  '2025-10-26': 'typical',
};

/** A busy day (docs/data-sources.md 13), a day like the median of 2025, one with next to nothing, and one with nothing. */
const NAMED: Readonly<Record<ScenarioName, DayScenario>> = {
  windy: { curtailedMwh: 95_000, unitPeriods: 2_200, activeShare: 1, rowsPerUnitPeriod: 1.955, windiness: 0.97 },
  typical: { curtailedMwh: 8_700, unitPeriods: 350, activeShare: 0.75, rowsPerUnitPeriod: 1.4, windiness: 0.5 },
  quiet: { curtailedMwh: 60, unitPeriods: 8, activeShare: 0.15, rowsPerUnitPeriod: 1.35, windiness: 0.12 },
  empty: { curtailedMwh: 0, unitPeriods: 0, activeShare: 0, rowsPerUnitPeriod: 1, windiness: 0 },
};

/**
 * MWh a day by quantile, 1 April to 17 July 2025 (docs/data-sources.md 13): 2 of 108 days have nothing, 16 less than
 * 100 MWh, 29 less than 1,000.
 */
const MWH_QUANTILES: readonly (readonly [quantile: number, mwh: number])[] = [
  [0.019, 0.5],
  [0.1, 20],
  [0.148, 100],
  [0.25, 856],
  [0.5, 8_674],
  [0.75, 29_910],
  [0.9, 68_639],
  [0.95, 81_414],
  [1, 116_833],
];

/** The scenario of a date: a named one where it is pinned, else drawn from how days of 2025 were spread. */
export function scenarioOf(
  seed: string,
  settlementDate: string,
  pinned: ReadonlyMap<string, ScenarioName>,
): DayScenario {
  const name = pinned.get(settlementDate);
  return name === undefined ? drawnScenario(seed, settlementDate) : NAMED[name];
}

function drawnScenario(seed: string, settlementDate: string): DayScenario {
  const random = randomFor(seed, 'scenario', settlementDate);
  const windiness = random();
  const curtailedMwh = mwhAtQuantile(windiness);
  if (curtailedMwh === 0) return { ...NAMED.empty, windiness };
  return {
    curtailedMwh,
    // Power laws that fit the days of the recording: 10 unit-periods at 100 MWh, 380 at 9,000, 2,200 at 80,000.
    unitPeriods: Math.max(1, Math.round(0.32 * curtailedMwh ** 0.78 * logNormal(random, 0.2))),
    activeShare: Math.min(1, (curtailedMwh / 25_000) ** 0.28 * logNormal(random, 0.15)),
    rowsPerUnitPeriod: Math.min(2.1, 1.38 + (0.5 * curtailedMwh) / 95_000 + exponential(random, 0.04)),
    windiness,
  };
}

/** Between two known quantiles energy grows geometrically, since it spans five orders of magnitude. */
function mwhAtQuantile(quantile: number): number {
  let [fromQuantile, fromMwh] = [0, 0];
  for (const [toQuantile, toMwh] of MWH_QUANTILES) {
    if (quantile < toQuantile) {
      if (fromMwh === 0) return 0;
      return fromMwh * (toMwh / fromMwh) ** ((quantile - fromQuantile) / (toQuantile - fromQuantile));
    }
    [fromQuantile, fromMwh] = [toQuantile, toMwh];
  }
  return fromMwh;
}
