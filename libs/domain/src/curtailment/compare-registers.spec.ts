import { describe, expect, it } from '@jest/globals';
import { compareRegisters, type RegisteredUnit } from './compare-registers.js';

function unit(farmId: string, changes: Partial<RegisteredUnit> = {}): RegisteredUnit {
  const fields = { nationalGridBmUnit: null, name: 'Wind farm', fuelType: 'WIND', leadParty: 'Somebody' };
  return { farmId, ...fields, generationCapacityMw: '12.5', countedAsWind: true, ...changes };
}

describe('two versions of the register', () => {
  it('are alike when only their order and the writing of a capacity differ', () => {
    const changes = compareRegisters([unit('B'), unit('A')], [unit('A', { generationCapacityMw: '12.50' }), unit('B')]);
    expect(changes).toEqual({ added: [], removed: [], changed: [] });
  });

  it('differ by units that are new, gone or changed, with the fields', () => {
    const moved = unit('C', { leadParty: 'Somebody else', generationCapacityMw: null });
    const changes = compareRegisters([unit('A'), unit('C'), unit('E')], [unit('D'), moved, unit('B'), unit('E')]);
    expect(changes.added.map(({ farmId }) => farmId)).toEqual(['B', 'D']);
    expect(changes.removed.map(({ farmId }) => farmId)).toEqual(['A']);
    expect(changes.changed).toEqual([{ unit: moved, fields: ['leadParty', 'generationCapacityMw'] }]);
  });
});
