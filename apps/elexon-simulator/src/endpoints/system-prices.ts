import { periodStartAt, settlementPeriodsOf, settlementPeriodsUpTo } from '@app/domain';
import { randomFor } from '../random.js';
import type { SettlementStack } from '../stack/settlement-stack.js';
import type { Side } from '../stack/stack-row.js';

/**
 * The rows of `/balancing/settlement/system-prices/{date}`: the periods of the day that have settled, stamped with the
 * same run as their stack. The two totals are the sums of the stack's rows inside the balancing mechanism, which is what
 * docs/data-sources.md 6 infers of the real ones.
 */
export function systemPricesOf(seed: string, settlementDate: string, stack: SettlementStack) {
  const periods = settlementPeriodsUpTo(settlementPeriodsOf(settlementDate));
  return periods.flatMap((settlementPeriod) => {
    const createdDateTime = stack.createdDateTimeOf(settlementDate, settlementPeriod);
    if (createdDateTime === null) return [];
    const random = randomFor(seed, 'system-price', settlementDate, settlementPeriod);
    const systemPrice = Math.round((20 + 100 * random()) * 100) / 100;
    const bids = totalsOf(stack, 'bid', settlementDate, settlementPeriod);
    const offers = totalsOf(stack, 'offer', settlementDate, settlementPeriod);
    return {
      settlementDate,
      settlementPeriod,
      startTime: periodStartAt(settlementDate, settlementPeriod),
      createdDateTime,
      systemSellPrice: systemPrice,
      systemBuyPrice: systemPrice,
      bsadDefaulted: false,
      priceDerivationCode: 'N',
      reserveScarcityPrice: 0,
      netImbalanceVolume: offers.accepted + bids.accepted + offers.adjustment + bids.adjustment,
      sellPriceAdjustment: 0,
      buyPriceAdjustment: 0,
      replacementPrice: null,
      replacementPriceReferenceVolume: null,
      totalAcceptedOfferVolume: offers.accepted,
      totalAcceptedBidVolume: bids.accepted,
      totalAdjustmentSellVolume: bids.adjustment,
      totalAdjustmentBuyVolume: offers.adjustment,
      totalSystemTaggedAcceptedOfferVolume: offers.accepted,
      totalSystemTaggedAcceptedBidVolume: bids.accepted,
      totalSystemTaggedAdjustmentSellVolume: null,
      totalSystemTaggedAdjustmentBuyVolume: null,
    };
  });
}

function totalsOf(stack: SettlementStack, side: Side, settlementDate: string, settlementPeriod: number) {
  let accepted = 0;
  let adjustment = 0;
  for (const { acceptanceId, volume } of stack.actionsOf(side, settlementDate, settlementPeriod)) {
    if (acceptanceId === null) adjustment += volume;
    else accepted += volume;
  }
  return { accepted, adjustment };
}
