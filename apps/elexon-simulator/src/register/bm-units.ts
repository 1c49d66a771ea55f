import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';

const text = z.string().transform((value) => (value === '' ? null : value));

const UnitLine = z.object({
  elexonBmUnit: text,
  nationalGridBmUnit: z.string().min(1),
  eic: text.default(null),
  fuelType: text,
  leadPartyName: text,
  leadPartyId: text,
  bmUnitType: text,
  bmUnitName: text,
  demandCapacity: text.default(null),
  generationCapacity: text,
  gspGroupId: text,
  northOfB6: z.string().default('no'),
  curtailedSharePercent: z.string().default(''),
});

/** A line of the simulator's unit register. Capacities are text, as the register serves them. */
export type BmUnit = z.infer<typeof UnitLine>;

/** A wind unit that can be curtailed. */
export interface WindUnit {
  readonly id: string;
  readonly nationalGridBmUnit: string;
  readonly leadParty: string;
  /** Its largest output in MW, > 0. */
  readonly capacityMw: number;
  /** Its part of all curtailed energy; the parts of all units add up to 1. */
  readonly share: number;
}

export interface UnitRegister {
  /** Every line, in the order served. */
  readonly lines: readonly BmUnit[];
  /** The distinct units typed WIND that have an Elexon id. */
  readonly wind: readonly WindUnit[];
  readonly windIds: ReadonlySet<string>;
  /** Ids of wind farms, and of units counted as such in public series, that the register does not type WIND. */
  readonly untypedWindIds: readonly string[];
  /** Ids of units that have nothing to do with wind. */
  readonly otherIds: readonly string[];
}

/** Energy curtailed north of the Scottish border lines ("B6"), of the whole (docs/data-sources.md 13). */
const SHARE_NORTH_OF_B6 = 0.965;

/** Units without a stated capacity still notify and get curtailed; a small one does no harm. */
const UNSTATED_CAPACITY_MW = 10;

/** Reads the register that lies beside this file. */
export function loadUnitRegister(): UnitRegister {
  const wind = read('wind-bm-units.csv');
  const others = read('other-bm-units.csv');
  const typed = wind.filter((line) => line.fuelType === 'WIND' && line.elexonBmUnit !== null);
  return {
    lines: [...wind, ...others].sort(byNationalGridBmUnit),
    wind: withShares(typed),
    windIds: new Set(idsOf(typed)),
    untypedWindIds: idsOf(wind.filter((line) => line.fuelType !== 'WIND')),
    otherIds: idsOf(others),
  };
}

/**
 * The twenty units with a published share keep it; the rest of the energy goes to the others by capacity, nearly all of
 * it to those north of B6.
 */
function withShares(lines: readonly BmUnit[]): WindUnit[] {
  // T_WLNYO-4 is in the register twice and is still one unit.
  const distinct = [...new Map(lines.map((line) => [line.elexonBmUnit, line])).values()];
  const published = sum(distinct, (line) => Number(line.curtailedSharePercent) / 100);
  const unpublished = distinct.filter((line) => line.curtailedSharePercent === '');
  const northMw = sum(unpublished, (line) => (line.northOfB6 === 'yes' ? capacityOf(line) : 0));
  const southMw = sum(unpublished, capacityOf) - northMw;
  return distinct.map((line) => ({
    id: line.elexonBmUnit ?? '',
    nationalGridBmUnit: line.nationalGridBmUnit,
    leadParty: line.leadPartyName ?? '',
    capacityMw: capacityOf(line),
    share:
      line.curtailedSharePercent !== ''
        ? Number(line.curtailedSharePercent) / 100
        : line.northOfB6 === 'yes'
          ? (capacityOf(line) / northMw) * (SHARE_NORTH_OF_B6 - published)
          : (capacityOf(line) / southMw) * (1 - SHARE_NORTH_OF_B6),
  }));
}

function read(file: string): BmUnit[] {
  const content = readFileSync(new URL(file, import.meta.url));
  return z.array(UnitLine).parse(parse(content, { columns: true, comment: '#', comment_no_infix: true }));
}

function byNationalGridBmUnit(a: BmUnit, b: BmUnit): number {
  return Number(a.nationalGridBmUnit > b.nationalGridBmUnit) - Number(a.nationalGridBmUnit < b.nationalGridBmUnit);
}

function capacityOf(line: BmUnit): number {
  return Number(line.generationCapacity) || UNSTATED_CAPACITY_MW;
}

function idsOf(lines: readonly BmUnit[]): string[] {
  return lines.flatMap((line) => line.elexonBmUnit ?? []);
}

function sum<T>(list: readonly T[], of: (element: T) => number): number {
  return list.reduce((total, element) => total + of(element), 0);
}
