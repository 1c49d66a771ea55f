import {
  Database,
  type FarmFigures as StoredFarm,
  type FiguresOfMany,
  findFarmFigures,
  findLeadPartyFigures,
  type StoredFigures,
  type Timeframe,
} from '@app/database';
import { datesOfMonth, datesOfYear, settlementDatesBetween } from '@app/domain';
import { Inject, Injectable } from '@nestjs/common';
import { Big } from 'big.js';
import { CLOCK, type Clock } from '../clock.js';
import { amountsOf, bitcoinOf } from '../figures/figures.js';
import { rollUpOf } from '../figures/ledger.js';
import { type FarmList, type LeadPartyList, type TimeframeQuery } from './farm.dto.js';

/** Figures of single farms and of the companies that answer for them. */
@Injectable()
export class FarmsService {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** @param order of the farms; by name unless given */
  async farms(query: TimeframeQuery, order?: (a: StoredFarm, b: StoredFarm) => number): Promise<FarmList> {
    const found = await findFarmFigures(this.database, timeframeOf(query));
    const farms = order === undefined ? found.items : found.items.toSorted(order);
    const items = farms.map((farm) => ({
      farmId: farm.farmId,
      name: farm.name,
      leadParty: farm.leadParty,
      generationCapacityMw: farm.generationCapacityMw === null ? null : Number(farm.generationCapacityMw),
      ...partOf(farm, found.totalMwh),
    }));
    return { items, nextCursor: null, ...this.restsOn(found) };
  }

  async leadParties(query: TimeframeQuery): Promise<LeadPartyList> {
    const found = await findLeadPartyFigures(this.database, timeframeOf(query));
    const items = found.items.map((party) => ({
      leadParty: party.leadParty,
      farmIds: party.farmIds,
      ...partOf(party, found.totalMwh),
    }));
    return { items, nextCursor: null, ...this.restsOn(found) };
  }

  private restsOn(found: FiguresOfMany<unknown>) {
    const { first: from, last: to } = found;
    const dates = from === null || to === null ? [] : settlementDatesBetween(from, to);
    const { state, missing, revision } = rollUpOf(found, dates, this.now());
    return { from, to, state, missing, revision };
  }
}

function partOf(stored: StoredFigures, totalMwh: string | null) {
  const { curtailedMwh } = stored;
  const known = curtailedMwh !== null && totalMwh !== null && !Big(totalMwh).eq(0);
  return {
    ...amountsOf(stored),
    potentialBtc: bitcoinOf(stored),
    shareOfTotal: known ? Number(Big(curtailedMwh).div(totalMwh).toFixed(6)) : null,
  };
}

function timeframeOf({ day, month, year }: TimeframeQuery): Timeframe | null {
  if (day !== undefined) return { level: 'daily', key: day, first: day, last: day };
  if (month !== undefined) return { level: 'monthly', key: month, ...endsOf(datesOfMonth(month)) };
  if (year !== undefined) return { level: 'yearly', key: Number(year), ...endsOf(datesOfYear(Number(year))) };
  return null;
}

function endsOf(dates: readonly string[]): { first: string; last: string } {
  return { first: dates.at(0) ?? '', last: dates.at(-1) ?? '' };
}

/** Most curtailed energy first, or most bitcoin of a miner model; what is unknown comes last. */
export function mostFirst(minerModel: string | undefined): (a: StoredFarm, b: StoredFarm) => number {
  const measure = (farm: StoredFarm) => (minerModel === undefined ? farm.curtailedMwh : farm.potentialBtc[minerModel]);
  return (a, b) => Big(measure(b) ?? -1).cmp(measure(a) ?? -1);
}
