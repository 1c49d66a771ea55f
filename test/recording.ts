import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { type CurtailedRow } from './curtailed-rows.js';
import { Decimal } from './mining-arithmetic.js';

/** Real data beside the repository; it is not everywhere. */
const folder = resolve('../shared/data');
export const recording = {
  isHere: existsSync(folder),
  path: `${folder}/wind-acceptances-mw_2025-04-01_2025-05-31.csv`,
  from: '2025-04-01',
  to: '2025-05-31',
  /** Days inside on which nothing was curtailed (data/README.md). */
  emptyDates: ['2025-04-07', '2025-04-09'],
};

/** Units in the recording that the register does not call wind, by their nationalGridBmUnit (data/README.md). */
export const uncountedUnits = new Map([
  ['AG-BEDF03', '2__BLOND003'],
  ['AG-REC05L', '2__LECOT003'],
]);

/** What was recorded: a line is the mean MW of a unit over a half hour, negative, so half of it is MWh. */
export function recordedRows(): CurtailedRow[] {
  const farms = new Map(read('wind_bmus.csv').map((unit) => [unit.nationalGridBmUnit, unit]));
  return parseFile(recording.path)
    .map((line) => ({ line, unit: farms.get(line.Generator_Name) }))
    .filter(({ line }) => !uncountedUnits.has(line.Generator_Name ?? ''))
    .map(({ line, unit }) => ({
      settlementDate: line.Date ?? '',
      settlementPeriod: Number(line.Settlement_Period),
      farmId: unit?.elexonBmUnit ?? `unknown ${String(line.Generator_Name)}`,
      leadParty: unit?.leadPartyName ?? null,
      mwh: new Decimal(line.BOA_Volume ?? '').times('-0.5'),
      // Nobody recorded prices.
      gbpPerMwh: new Decimal(0),
    }));
}

/** Periods with a recorded line of a unit that is not counted, as `date period unit`. */
export function uncountedPeriods(): Set<string> {
  const keys = parseFile(recording.path).flatMap((line) => {
    const unitId = uncountedUnits.get(line.Generator_Name ?? '');
    return unitId === undefined ? [] : [`${line.Date ?? ''} ${line.Settlement_Period ?? ''} ${unitId}`];
  });
  return new Set(keys);
}

/** Days whose every figure somebody else has computed, exactly. */
export const expectedDates = ['2025-04-07', '2025-04-16', '2025-05-26'];

/** A line for each period and farm, and one named `day` for their sum. */
export function expectedLines(settlementDate: string): Record<string, string>[] {
  return read(`expected/${settlementDate}.csv`);
}

function read(file: string): Record<string, string>[] {
  return parseFile(`${folder}/${file}`);
}

function parseFile(path: string): Record<string, string>[] {
  return parse(readFileSync(path), { columns: true, bom: true });
}
