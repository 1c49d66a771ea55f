/** A BM unit, as far as two versions of the register are compared by it. */
export interface ComparedUnit {
  readonly farmId: string;
  readonly nationalGridBmUnit: string | null;
  readonly name: string | null;
  readonly fuelType: string | null;
  readonly leadParty: string | null;
  readonly generationCapacityMw: string | null;
  readonly countedAsWind: boolean;
}

export interface RegisterChanges {
  readonly added: readonly ComparedUnit[];
  readonly removed: readonly ComparedUnit[];
  /** As they are now, each with the names of the fields that changed. */
  readonly changed: readonly { readonly unit: ComparedUnit; readonly fields: readonly string[] }[];
}

/** What is new, gone and changed in a register, each in the order of the ids. */
export function compareRegisters(stored: readonly ComparedUnit[], found: readonly ComparedUnit[]): RegisterChanges {
  const before = new Map(stored.map((unit) => [unit.farmId, unit]));
  const now = new Map(found.map((unit) => [unit.farmId, unit]));
  const changed = found.flatMap((unit) => {
    const fields = changedFields(before.get(unit.farmId) ?? unit, unit);
    return fields.length === 0 ? [] : [{ unit, fields }];
  });
  return {
    added: byId(found.filter(({ farmId }) => !before.has(farmId))),
    removed: byId(stored.filter(({ farmId }) => !now.has(farmId))),
    changed: [...changed].sort((a, b) => order(a.unit, b.unit)),
  };
}

function changedFields(before: ComparedUnit, now: ComparedUnit): string[] {
  return (Object.keys(now) as (keyof ComparedUnit)[]).filter((field) =>
    // 12.50 and 12.5 MW are the same capacity.
    field === 'generationCapacityMw' ? differ(before[field], now[field]) : before[field] !== now[field],
  );
}

function differ(before: string | null, now: string | null): boolean {
  return before === null || now === null ? before !== now : Number(before) !== Number(now);
}

function byId(units: readonly ComparedUnit[]): ComparedUnit[] {
  return [...units].sort(order);
}

function order(a: ComparedUnit, b: ComparedUnit): number {
  return a.farmId < b.farmId ? -1 : 1;
}
