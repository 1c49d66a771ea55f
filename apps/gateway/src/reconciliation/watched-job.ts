import { type JobEvents } from '@app/database';

/** A job that somebody listens to. However many do, what they lack is read once for all who lack the same. */
export class WatchedJob {
  listeners = 0;
  private changes = 0;
  private readonly pages = new Map<number, Promise<JobEvents | undefined>>();
  private readonly waiting = new Set<() => void>();

  constructor(private readonly read: (after: number) => Promise<JobEvents | undefined>) {}

  /** How often it changed since it is watched; to be taken before a look, and handed to `untilChanged` after it. */
  get version(): number {
    return this.changes;
  }

  changed(): void {
    this.changes += 1;
    // What is being read now may not have the change in it.
    this.pages.clear();
    for (const resolve of this.waiting) resolve();
  }

  page(after: number): Promise<JobEvents | undefined> {
    const known = this.pages.get(after);
    if (known !== undefined) return known;
    const page = this.read(after).finally(() => {
      if (this.pages.get(after) === page) this.pages.delete(after);
    });
    this.pages.set(after, page);
    return page;
  }

  /** Resolves when it has changed since a version, when the time is over, or when the listener is through. */
  async untilChanged(version: number, withinMs: number, through: AbortSignal): Promise<void> {
    if (version !== this.changes || through.aborted) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.waiting.delete(end);
        through.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, withinMs);
      this.waiting.add(end);
      through.addEventListener('abort', end);
    });
  }
}
