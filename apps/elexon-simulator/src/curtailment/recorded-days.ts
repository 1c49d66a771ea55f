import { readFileSync } from 'node:fs';
import { isSettlementDate } from '@app/domain';
import Big from 'big.js';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { randomFor } from '../random.js';
import type { UnitRegister } from '../register/bm-units.js';
import type { BalancingAction, Side } from '../stack/stack-row.js';
import { bidPriceOf } from './bid-price.js';
import { acceptanceIdOf, drawCadlFlag } from './wind-action.js';

const RecordedLine = z.object({
  Date: z.string().refine(isSettlementDate, 'is not a settlement date'),
  Settlement_Period: z.coerce.number().int().min(1).max(50),
  Generator_Name: z.string().min(1),
  BOA_Volume: z.string().regex(/^-\d+(\.\d+)?$/, 'is not a negative mean output in MW'),
});

interface RecordedAcceptance {
  readonly farmId: string;
  readonly volumeMwh: number;
}

/**
 * Real acceptances of wind units read from a CSV. Every one was taken for the system, so every row is flagged. What the
 * recording does not say (acceptance ids, prices, the cadlFlag) is invented from the seed.
 */
export class RecordedDays {
  private constructor(
    private readonly seed: string,
    private readonly acceptances: ReadonlyMap<string, readonly RecordedAcceptance[]>,
    private readonly datesWithRows: ReadonlySet<string>,
    private readonly from: string,
    private readonly to: string,
  ) {}

  /**
   * @param path CSV with the columns Date, Settlement_Period, Generator_Name (nationalGridBmUnit) and BOA_Volume (mean
   *   MW over the period, negative)
   * @throws {Error} when a line cannot be read or names a unit that the register does not have
   */
  static read(path: string, seed: string, register: UnitRegister): RecordedDays {
    const lines = linesOf(path);
    const farmIds = new Map(register.lines.map((line) => [line.nationalGridBmUnit, line.elexonBmUnit]));
    const acceptances = new Map<string, RecordedAcceptance[]>();
    for (const line of lines) {
      const farmId = farmIds.get(line.Generator_Name);
      if (!farmId) throw new Error(`${path}: the unit register has no ${line.Generator_Name} with an Elexon id.`);
      const key = keyOf(line.Date, line.Settlement_Period);
      const period = acceptances.get(key) ?? [];
      // Exact: a MW figure of up to three places halves to at most four, which a double prints unchanged.
      period.push({ farmId, volumeMwh: new Big(line.BOA_Volume).times('0.5').toNumber() });
      acceptances.set(key, period);
    }
    const dates = lines.map((line) => line.Date).sort();
    return new RecordedDays(seed, acceptances, new Set(dates), dates[0] ?? '', dates.at(-1) ?? '');
  }

  /** Whether the recording speaks for the date: from its first date to its last, also where it has no row. */
  covers(settlementDate: string): boolean {
    return settlementDate >= this.from && settlementDate <= this.to;
  }

  /** Whether any acceptance was recorded on the date. */
  hasRows(settlementDate: string): boolean {
    return this.datesWithRows.has(settlementDate);
  }

  actionsOf(side: Side, settlementDate: string, period: number): BalancingAction[] {
    if (side === 'offer') return [];
    const random = randomFor(this.seed, 'recorded', settlementDate, period);
    // The same unit may come several times; numbering all rows keeps their acceptances apart.
    return (this.acceptances.get(keyOf(settlementDate, period)) ?? []).map(({ farmId, volumeMwh }, index, all) => ({
      id: farmId,
      acceptanceId: acceptanceIdOf(this.seed, farmId, settlementDate, period, nthOfFarm(all, index)),
      bidOfferPairId: -1,
      cadlFlag: drawCadlFlag(random),
      soFlag: true,
      originalPrice: bidPriceOf(this.seed, farmId, settlementDate),
      volume: volumeMwh,
    }));
  }
}

function linesOf(path: string): z.infer<typeof RecordedLine>[] {
  const parsed = z.array(RecordedLine).safeParse(parse(readFileSync(path), { columns: true, bom: true }));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const [row, column] = first?.path ?? [];
  throw new Error(`${path}: ${String(column)} of row ${Number(row) + 1} ${first?.message ?? 'cannot be read'}.`);
}

function nthOfFarm(acceptances: readonly RecordedAcceptance[], index: number): number {
  const { farmId } = acceptances[index] ?? {};
  return acceptances.slice(0, index).filter((earlier) => earlier.farmId === farmId).length;
}

function keyOf(settlementDate: string, period: number): string {
  return `${settlementDate}/${period}`;
}
