import { type Big } from 'big.js';
import { Decimal } from './mining-arithmetic.js';
import { type SimulatorControl } from './simulator-control.js';

interface SourceRow {
  startTime: string;
  psrType: string;
  quantity: number;
  publishTime: string;
}

/** Energy of wind farms as a test itself read it from the source. */
export interface WindEnergy {
  onshoreMwh: Big;
  offshoreMwh: Big;
}

/**
 * What the source says of a day: of each half hour from its first to its last instant the latest publication, at mean MW.
 *
 * @param startAt local midnight, UTC
 * @param periods half hours of the day
 */
export async function windEnergyOf(simulator: SimulatorControl, startAt: string, periods: number): Promise<WindEnergy> {
  const startMs = Date.parse(startAt);
  const endMs = startMs + periods * 1_800_000;
  const window = `from=${startAt}&to=${new Date(endMs).toISOString().replace('.000Z', 'Z')}`;
  const answer = await fetch(`${simulator.baseUrl}/generation/actual/per-type/wind-and-solar?${window}`);
  const { data } = (await answer.json()) as { data: SourceRow[] };
  const latest = new Map<string, SourceRow>();
  for (const row of data.filter(({ startTime }) => Date.parse(startTime) < endMs)) {
    const key = `${row.startTime} ${row.psrType}`;
    if ((latest.get(key)?.publishTime ?? '') < row.publishTime) latest.set(key, row);
  }
  const energyOf = (psrType: string) =>
    [...latest.values()]
      .filter((row) => row.psrType === psrType)
      .reduce((sum, { quantity }) => sum.plus(new Decimal(quantity).times('0.5')), new Decimal(0));
  return { onshoreMwh: energyOf('Wind Onshore'), offshoreMwh: energyOf('Wind Offshore') };
}

export function sumOf(days: readonly WindEnergy[]): WindEnergy {
  return days.reduce((sum, day) => ({
    onshoreMwh: sum.onshoreMwh.plus(day.onshoreMwh),
    offshoreMwh: sum.offshoreMwh.plus(day.offshoreMwh),
  }));
}
