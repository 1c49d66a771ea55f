import { Database, findServerLoad, type PoolUse, probeConnection, probes } from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import { type Diagnosis, gradeRisk, type Measured } from '@app/domain';
import { reachSource } from '@app/elexon';
import { Bus, inspectStreams } from '@app/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { GATEWAY_CONFIG, type GatewayConfig } from '../config.js';

/** Whoever asks often costs the source one request in so long, whatever the answer was. */
const SOURCE_ASKED_EVERY_MS = 60_000;
/** How often each probe of a test is made. */
const REPETITIONS = 5;

export interface Probe {
  name: 'connect' | 'simple' | 'moderate' | 'complex' | 'difficulty';
  attempts: number;
  failed: number;
  minMs: number | null;
  medianMs: number | null;
  maxMs: number | null;
}

export interface Diagnostics extends Diagnosis {
  measured: Measured;
  pool: PoolUse;
}

/** Measures what the platform stands on. It writes nothing. */
@Injectable()
export class DiagnosticsService {
  private source: { askedMs: number; reach: Promise<Measured['source']> } | undefined;

  constructor(
    private readonly database: Database,
    private readonly difficulty: DifficultyTable,
    private readonly bus: Bus,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  async diagnose(): Promise<Diagnostics> {
    const [database, nats, difficulty, source] = await Promise.all([
      this.measureDatabase().catch(() => null),
      this.measureNats().catch(() => null),
      msOf(() => this.difficulty.check()).then(
        (ms) => ({ ms }),
        () => null,
      ),
      this.measureSource(),
    ]);
    const measured = { database, nats, difficulty, source };
    return { ...gradeRisk(measured), measured, pool: this.database.poolUse };
  }

  /** Each probe several times, one after the other. */
  async test(): Promise<Probe[]> {
    const works: Record<Probe['name'], () => Promise<void>> = {
      connect: () => probeConnection(this.config.GATEWAY_DATABASE_URL),
      simple: () => probes.simple(this.database),
      moderate: () => probes.moderate(this.database),
      complex: () => probes.complex(this.database),
      difficulty: () => this.difficulty.check(),
    };
    const results: Probe[] = [];
    for (const [name, work] of Object.entries(works) as [Probe['name'], () => Promise<void>][]) {
      results.push(await probed(name, work));
    }
    return results;
  }

  private async measureDatabase(): Promise<Measured['database']> {
    const connectMs = await msOf(() => probeConnection(this.config.GATEWAY_DATABASE_URL));
    const simpleMs = await msOf(() => probes.simple(this.database));
    const moderateMs = await msOf(() => probes.moderate(this.database));
    const complexMs = await msOf(() => probes.complex(this.database));
    return { connectMs, simpleMs, moderateMs, complexMs, ...(await findServerLoad(this.database)) };
  }

  private async measureNats(): Promise<Measured['nats']> {
    const { lag, deadLetters } = await inspectStreams(this.bus);
    return { lag: Object.values(lag).reduce((sum, count) => sum + count, 0), deadLetters };
  }

  private async measureSource(): Promise<Measured['source']> {
    const nowMs = Date.now();
    if (this.source === undefined || nowMs - this.source.askedMs >= SOURCE_ASKED_EVERY_MS) {
      this.source = { askedMs: nowMs, reach: this.askSource().catch(() => null) };
    }
    return await this.source.reach;
  }

  private async askSource(): Promise<Measured['source']> {
    const startedAt = performance.now();
    const { saidAt } = await reachSource(this.config.ELEXON_BASE_URL);
    const ms = rounded(performance.now() - startedAt);
    return { ms, clockSkewMs: saidAt === null ? null : Date.now() - Date.parse(saidAt) };
  }
}

async function probed(name: Probe['name'], work: () => Promise<void>): Promise<Probe> {
  const taken: number[] = [];
  let failed = 0;
  for (let attempt = 0; attempt < REPETITIONS; attempt += 1) {
    await msOf(work).then(
      (ms) => taken.push(ms),
      () => (failed += 1),
    );
  }
  taken.sort((a, b) => a - b);
  return {
    name,
    attempts: REPETITIONS,
    failed,
    minMs: taken[0] ?? null,
    medianMs: taken[Math.floor(taken.length / 2)] ?? null,
    maxMs: taken.at(-1) ?? null,
  };
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return rounded(performance.now() - startedAt);
}

/** Milliseconds with two decimals. */
function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
