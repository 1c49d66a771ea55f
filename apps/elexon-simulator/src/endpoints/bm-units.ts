import type { BmUnit } from '../register/bm-units.js';

const GSP_GROUP_NAMES: Readonly<Record<string, string>> = {
  _A: 'Eastern',
  _B: 'East Midlands',
  _C: 'London',
  _D: 'Merseyside and North Wales',
  _E: 'Midlands',
  _F: 'Northern',
  _G: 'North Western',
  _H: 'Southern',
  _J: 'South Eastern',
  _K: 'South Wales',
  _L: 'South Western',
  _M: 'Yorkshire',
  _N: 'South Scotland',
  _P: 'North Scotland',
};

/** A unit of transmission connected generation may export this part of its capacity without further credit. */
const EXPORT_CREDIT_SHARE = 0.4;

/**
 * A line of `/reference/bmunits/all`, its 22 fields in the order in which the real service sends them. A unit that is
 * not live yet has nulls nearly everywhere; capacities and factors are text.
 */
export function bmUnitAnswerOf(unit: BmUnit) {
  const live = unit.elexonBmUnit !== null;
  const capacity = unit.generationCapacity;
  const demand = live ? (unit.demandCapacity ?? (capacity === null ? null : '0.000')) : null;
  const importCredit = creditOf(demand);
  const exportCredit = creditOf(capacity);
  return {
    nationalGridBmUnit: unit.nationalGridBmUnit,
    elexonBmUnit: unit.elexonBmUnit,
    eic: unit.eic,
    fuelType: unit.fuelType,
    leadPartyName: unit.leadPartyName,
    bmUnitType: unit.bmUnitType,
    fpnFlag: capacity === null ? null : true,
    bmUnitName: unit.bmUnitName,
    leadPartyId: unit.leadPartyId,
    demandCapacity: demand,
    generationCapacity: capacity,
    productionOrConsumptionFlag: capacity === null ? null : unit.bmUnitType === 'T' ? 'P' : 'C',
    transmissionLossFactor: capacity === null ? null : unit.gspGroupId === '_P' ? '-0.0301340' : '0.0042196',
    workingDayCreditAssessmentImportCapability: importCredit,
    nonWorkingDayCreditAssessmentImportCapability: importCredit,
    workingDayCreditAssessmentExportCapability: exportCredit,
    nonWorkingDayCreditAssessmentExportCapability: exportCredit,
    creditQualifyingStatus: live && unit.bmUnitType === 'T',
    demandInProductionFlag: false,
    gspGroupId: unit.gspGroupId,
    gspGroupName: unit.gspGroupId === null ? null : (GSP_GROUP_NAMES[unit.gspGroupId] ?? null),
    interconnectorId: null,
  };
}

function creditOf(capacity: string | null): string | null {
  return capacity === null ? null : (Number(capacity) * EXPORT_CREDIT_SHARE).toFixed(3);
}
