/** Counts fields that the API sends and this client has never heard of: harmless, but the first sign of a change. */
export class UnknownFields {
  private readonly counts = new Map<string, number>();

  /** How many rows had the field, by 'endpoint field'. */
  get seen(): ReadonlyMap<string, number> {
    return this.counts;
  }

  count(endpoint: string, known: ReadonlySet<string>, rows: readonly unknown[]): void {
    for (const row of rows) {
      for (const field in row as object) {
        if (known.has(field)) continue;
        const key = `${endpoint} ${field}`;
        this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
      }
    }
  }
}
