import { type BmUnit } from '@app/domain';
import * as z from 'zod';
import { checkedRows, malformed } from './answer-rows.js';
import { type Asked } from './source-error.js';

/** All fields of a register row (docs/data-sources.md 4). */
export const UNIT_FIELDS: ReadonlySet<string> = new Set([
  'nationalGridBmUnit',
  'elexonBmUnit',
  'eic',
  'fuelType',
  'leadPartyName',
  'bmUnitType',
  'fpnFlag',
  'bmUnitName',
  'leadPartyId',
  'demandCapacity',
  'generationCapacity',
  'productionOrConsumptionFlag',
  'transmissionLossFactor',
  'workingDayCreditAssessmentImportCapability',
  'nonWorkingDayCreditAssessmentImportCapability',
  'workingDayCreditAssessmentExportCapability',
  'nonWorkingDayCreditAssessmentExportCapability',
  'creditQualifyingStatus',
  'demandInProductionFlag',
  'gspGroupId',
  'gspGroupName',
  'interconnectorId',
]);

const sourceUnit = z.object({
  elexonBmUnit: z.string().nullable(),
  nationalGridBmUnit: z.string().nullable(),
  bmUnitName: z.string().nullable(),
  fuelType: z.string().nullable(),
  leadPartyName: z.string().nullable(),
  generationCapacity: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, 'expected a decimal in a string')
    .nullable(),
});

/**
 * Checks the register and leaves each BM unit once, in order of its id.
 *
 * Units without an Elexon id are not live yet: no stack row can name them, so they are left out. A unit that is listed
 * twice alike (T_WLNYO-4 is, for its two EIC codes) is one unit; to count it twice would double its energy.
 *
 * @throws {SourceError} `source-malformed` naming the first field at fault, when a unit is listed twice with different
 *   values, or when the register is empty
 */
export function registerUnits(asked: Asked, rows: unknown[]): BmUnit[] {
  const units = new Map<string, BmUnit>();
  checkedRows(asked, sourceUnit, rows).forEach((row, index) => {
    if (row.elexonBmUnit === null) return;
    const unit: BmUnit = {
      farmId: row.elexonBmUnit,
      nationalGridBmUnit: row.nationalGridBmUnit,
      name: row.bmUnitName,
      fuelType: row.fuelType,
      leadParty: row.leadPartyName,
      generationCapacityMw: row.generationCapacity,
    };
    const listed = units.get(unit.farmId);
    if (listed !== undefined && JSON.stringify(listed) !== JSON.stringify(unit)) {
      throw malformed(asked, `data[${index}]`, `lists ${unit.farmId} again with other values`);
    }
    units.set(unit.farmId, unit);
  });
  // Without this an empty register would turn every wind farm into something that is not counted.
  if (units.size === 0) throw malformed(asked, 'answer', 'lists no BM unit');
  return [...units.values()].sort((a, b) => (a.farmId < b.farmId ? -1 : 1));
}
