import type { Logger } from './logger.js';

/** One thing a service cannot work without. */
export interface HealthCheck {
  /** What is looked at, such as `postgres`. */
  name: string;
  /** @throws when it cannot be used now; the message says why */
  check(): Promise<void>;
}

/** Injection token of the list of checks (`HealthCheck[]`) that a service's module provides. */
export const HEALTH_CHECKS = Symbol('HEALTH_CHECKS');

const PATIENCE_MS = 2_000;

export interface Readiness {
  ready: boolean;
  /** Name of each check with `up`, or with the reason why not. */
  checks: Record<string, string>;
}

/** Answers whether a service can do its work now, and logs each time the answer changes. */
export class Health {
  /** Set while the service starts or stops: it is alive then, but must not be sent work. */
  unavailable: 'starting' | 'stopping' | undefined = 'starting';
  private last = '';

  constructor(
    private readonly checks: readonly HealthCheck[],
    private readonly logger: Logger,
  ) {}

  async readiness(): Promise<Readiness> {
    const results = await Promise.all(this.checks.map(async (check) => [check.name, await outcomeOf(check)] as const));
    const checks: Record<string, string> = Object.fromEntries(results);
    if (this.unavailable !== undefined) checks.service = this.unavailable;
    const ready = Object.values(checks).every((outcome) => outcome === 'up');
    this.logChange({ ready, checks });
    return { ready, checks };
  }

  private logChange({ ready, checks }: Readiness): void {
    const now = JSON.stringify(checks);
    if (now === this.last) return;
    this.last = now;
    if (ready) this.logger.info({ checks }, 'ready');
    else this.logger.warn({ checks }, 'not ready');
  }
}

async function outcomeOf(check: HealthCheck): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${PATIENCE_MS} ms`), PATIENCE_MS);
  });
  try {
    return await Promise.race([check.check().then(() => 'up'), tooLong]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
