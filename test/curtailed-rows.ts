import { type Big } from 'big.js';
import { btcPerMwh, Decimal, type MinerModelName, minerModelNames, networkAt } from './mining-arithmetic.js';

/** One accepted bid of a wind farm, as the test itself read it from the source. */
export interface CurtailedRow {
  settlementDate: string;
  settlementPeriod: number;
  farmId: string;
  leadParty: string | null;
  /** Positive once curtailed. */
  mwh: Big;
  gbpPerMwh: Big;
}

/** Energy, money and bitcoin in the form in which the gateway serves them. */
export interface ServedFigures {
  curtailedMwh: number | null;
  paymentGbp: number | null;
  absolutePaymentGbp: number | null;
  potentialBtc: Record<string, string | null>;
}

/**
 * What ought to be served of some rows: exact sums, each rounded once.
 *
 * @param network in force in a period of a date; as published unless given
 */
export function figuresOf(rows: readonly CurtailedRow[], network = networkAt): ServedFigures {
  // Volumes are negative in the source; price × volume, and not its size, is what the farm is paid.
  const payments = rows.map(({ mwh, gbpPerMwh }) => gbpPerMwh.times(mwh).times(-1));
  return {
    curtailedMwh: Number(served(sum(rows.map(({ mwh }) => mwh)), 6)),
    paymentGbp: Number(served(sum(payments), 2)),
    absolutePaymentGbp: Number(served(sum(payments.map((payment) => payment.abs())), 2)),
    potentialBtc: Object.fromEntries(
      minerModelNames.map((model) => [model, served(sum(rows.map((row) => bitcoinOf(row, model, network))), 8)]),
    ),
  };
}

/** The figures alone of an answer that says more. */
export function pickFigures(answer: ServedFigures): ServedFigures {
  const { curtailedMwh, paymentGbp, absolutePaymentGbp, potentialBtc } = answer;
  return { curtailedMwh, paymentGbp, absolutePaymentGbp, potentialBtc };
}

/** Energy of each period and farm, by `date period farm`: exact, in plain notation. */
export function energyByCombination(rows: readonly CurtailedRow[]): Map<string, string> {
  const sums = new Map<string, Big>();
  for (const { settlementDate, settlementPeriod, farmId, mwh } of rows) {
    const key = `${settlementDate} ${settlementPeriod} ${farmId}`;
    sums.set(key, (sums.get(key) ?? new Decimal(0)).plus(mwh));
  }
  return new Map([...sums].map(([key, energy]) => [key, energy.toFixed()]));
}

function bitcoinOf(row: CurtailedRow, model: MinerModelName, network: typeof networkAt): Big {
  return row.mwh.times(btcPerMwh(network(row.settlementDate, row.settlementPeriod), model));
}

function sum(values: readonly Big[]): Big {
  return values.reduce((total, value) => total.plus(value), new Decimal(0));
}

/** Half away from zero, which big.js calls half up; zero without a sign. */
function served(value: Big, places: number): string {
  const rounded = value.round(places, 1);
  return (rounded.eq(0) ? new Decimal(0) : rounded).toFixed(places);
}
