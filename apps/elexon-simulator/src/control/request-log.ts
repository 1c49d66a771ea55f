interface Counts {
  /** How often each status was sent; `cut-off` for answers that did not get to their end. */
  [status: string]: number;
}

/** What the simulator has been asked for since it started or was last reset. */
export interface RequestSummary {
  readonly total: number;
  readonly inFlight: number;
  readonly maxConcurrency: number;
  readonly byStatus: Readonly<Counts>;
  /** How many came in each minute, by its beginning in UTC such as `2026-11-22T09:06`. */
  readonly byMinute: Readonly<Record<string, number>>;
  /** By path with its query, in the order in which they were first asked for. */
  readonly paths: Readonly<Record<string, Readonly<Counts>>>;
}

/** Counts requests to the simulated API, for tests of how polite and how persistent a client is. */
export class RequestLog {
  private inFlight = 0;
  private maxConcurrency = 0;
  private paths = new Map<string, Counts>();
  private minutes = new Map<string, number>();

  /** @returns what to call once it is over, with how it was answered */
  opened(path: string): (status: string) => void {
    // By the clock and not by the time that is simulated: a client paces itself by the clock.
    const minute = new Date().toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length);
    this.minutes.set(minute, (this.minutes.get(minute) ?? 0) + 1);
    this.inFlight++;
    this.maxConcurrency = Math.max(this.maxConcurrency, this.inFlight);
    // A client has the whole answer a moment before it is over here, and may have forgotten by then what it counted.
    const { paths } = this;
    return (status) => {
      this.inFlight--;
      const counts = paths.get(path) ?? {};
      counts[status] = (counts[status] ?? 0) + 1;
      paths.set(path, counts);
    };
  }

  summary(): RequestSummary {
    const byStatus: Counts = {};
    for (const counts of this.paths.values()) {
      for (const [status, count] of Object.entries(counts)) byStatus[status] = (byStatus[status] ?? 0) + count;
    }
    return {
      total: Object.values(byStatus).reduce((sum, count) => sum + count, 0),
      inFlight: this.inFlight,
      maxConcurrency: this.maxConcurrency,
      byStatus,
      byMinute: Object.fromEntries(this.minutes),
      paths: Object.fromEntries(this.paths),
    };
  }

  /** Forgets what was counted, and of requests that are still open all but that they are in flight. */
  reset(): void {
    this.paths = new Map();
    this.minutes = new Map();
    this.maxConcurrency = this.inFlight;
  }
}
