/** What the gateway says of a day, as far as the demo prints it. */
export interface DailySummary {
  settlementDate: string;
  periodsExpected: number;
  periodsLoaded: number;
  records: number | null;
  combinations: number | null;
  curtailedMwh: number | null;
  paymentGbp: number | null;
  potentialBtc: Record<string, string | null>;
  state: string;
}

const unknown = '?';

/** The day in one line; what is not known is a question mark, never a zero. */
export function describeDay(day: DailySummary): string {
  const bitcoin = Object.entries(day.potentialBtc).map(([model, btc]) => `${model} ${btc ?? unknown} BTC`);
  return [
    day.settlementDate,
    `${day.periodsLoaded}/${day.periodsExpected} periods`,
    `${day.records ?? unknown} records`,
    `${day.combinations ?? unknown} combinations`,
    `${day.curtailedMwh ?? unknown} MWh`,
    `GBP ${day.paymentGbp?.toFixed(2) ?? unknown}`,
    ...bitcoin,
    day.state,
  ].join('  ');
}
