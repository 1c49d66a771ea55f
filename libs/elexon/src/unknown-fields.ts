/** Fields that the API sends and this client has never heard of, with how many rows had them. */
export type FieldCounts = ReadonlyMap<string, number>;

/** Finds the fields of some rows that are not known: harmless, but the first sign of a change. */
export function unknownFieldsOf(known: ReadonlySet<string>, rows: readonly unknown[]): FieldCounts {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const field in row as object) {
      if (!known.has(field)) counts.set(field, (counts.get(field) ?? 0) + 1);
    }
  }
  return counts;
}
