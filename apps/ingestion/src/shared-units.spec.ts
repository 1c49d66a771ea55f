import { describe, expect, it } from '@jest/globals';
import { ReceivedUnits, UnitSharing } from './shared-units.js';
import { type WindUnits } from './wind-register.service.js';

function units(...farms: [string, string | null][]): WindUnits {
  return new Map(farms.map(([farmId, leadParty]) => [farmId, { farmId, leadParty }]));
}

describe('wind units shared with threads', () => {
  const july = units(['T_VKNGW-1', 'Viking Energy Wind Farm LLP'], ['E_BRGEW-1', 'Ørsted "Burbo"'], ['T_NEW-1', null]);

  it('arrive as they are', () => {
    const sharing = new UnitSharing();
    const received = new ReceivedUnits();
    expect(received.unitsOf(structuredClone(sharing.share(july)))).toEqual(july);
  });

  it('are made anew when they change, and only then', () => {
    const sharing = new UnitSharing();
    const received = new ReceivedUnits();
    const first = received.unitsOf(sharing.share(july));
    expect(received.unitsOf(sharing.share(new Map(july)))).toBe(first);
    const august = units(['T_VKNGW-1', 'Somebody else']);
    expect(received.unitsOf(sharing.share(august))).toEqual(august);
    expect(received.unitsOf(sharing.share(july))).toEqual(july);
  });
});
