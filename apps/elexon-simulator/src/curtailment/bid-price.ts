import { randomFor } from '../random.js';

/** What farms of one project were paid for each MWh in 2024 and 2025, GBP (docs/data-sources.md 13); others ask more. */
const PAID_BY_PROJECT: Readonly<Record<string, number>> = {
  T_SGRWO: 10,
  T_VKNGW: 6,
  T_MOWEO: 42,
  T_MOWWO: 44,
  T_DOREW: 21,
  T_SOKYW: 25,
};

/**
 * The submitted bid price of a farm on a day, GBP/MWh: one price a day, negative where the farm is paid to switch off.
 * About one farm-day in thirty is positive: there the farm pays, as those do that lose no subsidy.
 */
export function bidPriceOf(seed: string, farmId: string, settlementDate: string): number {
  const project = farmId.split('-', 1)[0] ?? farmId;
  const usual = PAID_BY_PROJECT[project] ?? 62 + 36 * randomFor(seed, 'usual-price', project)();
  const random = randomFor(seed, 'price', project, settlementDate);
  if (random() < 0.03) return pence(2 + 28 * random());
  return -pence(usual * (0.85 + 0.3 * random()));
}

function pence(gbp: number): number {
  return Math.round(gbp * 100) / 100;
}
