/** A BM unit of Elexon's register. */
export interface BmUnit {
  /** Elexon's id, such as 'T_VKNGW-1'. */
  readonly farmId: string;
  readonly nationalGridBmUnit: string | null;
  readonly name: string | null;
  /** 'WIND' and others; null for most units that are no power station. */
  readonly fuelType: string | null;
  readonly leadParty: string | null;
  /** Decimal text with the digits that the source sent. */
  readonly generationCapacityMw: string | null;
}

/** One as it is stored, and compared with another version of the register. */
export interface RegisteredUnit extends BmUnit {
  readonly countedAsWind: boolean;
}

export interface RegisterChanges {
  readonly added: readonly RegisteredUnit[];
  readonly removed: readonly RegisteredUnit[];
  /** As they are now, each with the names of the fields that changed. */
  readonly changed: readonly { readonly unit: RegisteredUnit; readonly fields: readonly string[] }[];
}

/** What is new, gone and changed in a register, each in the order of the ids. */
export function compareRegisters(stored: readonly RegisteredUnit[], found: readonly RegisteredUnit[]): RegisterChanges {
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

function changedFields(before: RegisteredUnit, now: RegisteredUnit): string[] {
  return (Object.keys(now) as (keyof RegisteredUnit)[]).filter((field) =>
    // 12.50 and 12.5 MW are the same capacity.
    field === 'generationCapacityMw' ? differ(before[field], now[field]) : before[field] !== now[field],
  );
}

function differ(before: string | null, now: string | null): boolean {
  return before === null || now === null ? before !== now : Number(before) !== Number(now);
}

function byId(units: readonly RegisteredUnit[]): RegisteredUnit[] {
  return [...units].sort(order);
}

function order(a: RegisteredUnit, b: RegisteredUnit): number {
  return a.farmId < b.farmId ? -1 : 1;
}
