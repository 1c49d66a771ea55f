import { readFileSync } from 'node:fs';
import { Big } from 'big.js';
import { parse } from 'csv-parse/sync';

/*
 * The bitcoin that curtailed energy could have made, computed a second time: from the published formula and tables, with
 * none of the code that is tested. What both have in common is big.js.
 */

/** Decimals whose quotients have 60 places, so that rounding in here cannot be seen in any figure. */
export const Decimal = Big();
Decimal.DP = 60;

/** Hash rate and power at the wall (docs/data-sources.md 11). */
export const minerModels = {
  S9: { ths: '13.5', watts: '1323' },
  M20S: { ths: '68', watts: '3360' },
  S19J_PRO: { ths: '100', watts: '3050' },
} as const;
export type MinerModelName = keyof typeof minerModels;
export const minerModelNames = Object.keys(minerModels) as MinerModelName[];

/** What a found block pays from an instant on; blocks 420000, 630000 and 840000 (halvings.csv). */
const subsidies = [
  { from: '2016-07-09T16:46:13Z', btc: '12.5' },
  { from: '2020-05-11T19:23:43Z', btc: '6.25' },
  { from: '2024-04-20T00:09:27Z', btc: '3.125' },
].map(({ from, btc }) => ({ fromUnix: Date.parse(from) / 1000, btc }));

/** Retargets as published, oldest first: the project's own copy of `difficulty.csv`. */
const retargets = parse<Record<'unix_time' | 'difficulty', string>>(
  readFileSync('libs/difficulty/data/difficulty.csv'),
  { columns: true },
).map((line) => ({ fromUnix: Number(line.unix_time), difficulty: line.difficulty }));

const HALF_HOUR_SECONDS = 1_800;

export interface Network {
  difficulty: string;
  subsidy: string;
}

/** The difficulty and the subsidy in force when a settlement period begins. */
export function networkAt(settlementDate: string, settlementPeriod: number): Network {
  const unix = startOfDay(settlementDate) + (settlementPeriod - 1) * HALF_HOUR_SECONDS;
  const retarget = retargets.findLast(({ fromUnix }) => fromUnix <= unix);
  const subsidy = subsidies.findLast(({ fromUnix }) => fromUnix <= unix);
  if (retarget === undefined || subsidy === undefined) throw new Error(`${settlementDate} lies before the tables`);
  return { difficulty: retarget.difficulty, subsidy: subsidy.btc };
}

/**
 * Potential bitcoin of a MWh, 3.6e9 J: a model spends W joules a second on TH/s × 1e12 hashes, and a block takes
 * difficulty × 2^32 hashes on average (Bitcoin developer reference, mining).
 */
export function btcPerMwh({ difficulty, subsidy }: Network, model: MinerModelName): Big {
  const { ths, watts } = minerModels[model];
  const key = `${difficulty} ${subsidy} ${model}`;
  const known = factors.get(key);
  if (known !== undefined) return known;
  const hashes = new Decimal('3.6e9').times(ths).times('1e12').div(watts);
  const factor = hashes.times(subsidy).div(new Decimal(difficulty).times('4294967296'));
  factors.set(key, factor);
  return factor;
}

const factors = new Map<string, Big>();

/** The instant at which clocks in London show the midnight that begins the day, Unix seconds. */
function startOfDay(settlementDate: string): number {
  const utcMidnight = Date.parse(`${settlementDate}T00:00:00Z`) / 1000;
  return londonHour.format(utcMidnight * 1000) === '00' ? utcMidnight : utcMidnight - 3_600;
}

const londonHour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' });
