import { type RetargetBody, type UpdateDifficulty, type UpdatedDifficulty } from '@app/contracts';
import { Database } from '@app/database';
import { DifficultyTable, RetargetSource } from '@app/difficulty';
import { faultOfSuccession, missingRetargetHeights, type Retarget, WindfallError } from '@app/domain';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AddDifficultyService } from './add-difficulty.service.js';
import { attemptOf, AuditLog } from './audit-log.service.js';
import { oncePerKey } from './once-per-key.js';

/** Less than the 10 s that the database lets a transaction wait. */
const PATIENCE_MS = 8_000;
const EVER = { fromAt: '1970-01-01T00:00:00Z', toAt: '9999-12-31T00:00:00Z' };

/** Fetches the retargets that are not known, and adds all of them or, when anything is odd about them, none. */
@Injectable()
export class UpdateDifficultyService {
  private readonly logger = new Logger(UpdateDifficultyService.name);

  /** @param source null when none is configured */
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DifficultyTable) private readonly difficulty: DifficultyTable,
    @Inject(AddDifficultyService) private readonly adding: AddDifficultyService,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(RetargetSource) private readonly source: RetargetSource | null,
  ) {}

  /**
   * @throws {WindfallError} `not-configured` without a source, `source-…` when it does not answer or what it says cannot be
   *   believed, `difficulty-missing` when nothing is known to go on from
   */
  async update({ reason, requestedBy, idempotencyKey }: UpdateDifficulty): Promise<UpdatedDifficulty> {
    const { source } = this;
    if (source === null) {
      const message =
        'No source of difficulties is configured; set DIFFICULTY_SOURCE_URL of the reconciler, such as https://mempool.space.';
      throw new WindfallError('not-configured', message);
    }
    const write = { requestedBy, idempotencyKey, request: { update: 'difficulty', reason } };
    return await this.database.transaction((transaction) =>
      oncePerKey(transaction, write, async () => {
        const known = await this.difficulty.readRetargets(EVER);
        const missing = await fetchMissing(source, known);
        for (const retarget of missing) await this.adding.addTo(transaction, retarget);
        const added = missing.map(servedOf);
        const attempt = attemptOf('update-difficulty', requestedBy, { added, reason });
        await this.audit.accepted(transaction, attempt, { unchanged: added.length === 0 });
        this.logger.log({ msg: 'the difficulty was brought up to date', added, requestedBy });
        return { added, newest: servedOf(newestOf([...known, ...missing])) };
      }),
    );
  }
}

async function fetchMissing(source: RetargetSource, known: readonly Retarget[]): Promise<Retarget[]> {
  if (known.length === 0) {
    const message = 'No retarget is known that others could follow; add one by hand (POST /api/difficulty).';
    throw new WindfallError('difficulty-missing', message);
  }
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const newest = newestOf(known);
  const heights = missingRetargetHeights(known, await source.tipHeight(signal));
  const [there, ...missing] = await Promise.all(
    [newest.height, ...heights].map((height) => source.retargetAt(height, signal)),
  );
  const chain = [...known, ...missing].sort((a, b) => a.height - b.height);
  const fault = faultOfAnchor(newest, there) ?? faultOfSuccession(chain);
  if (fault === undefined) return missing;
  const message = `Nothing was added: ${fault}. Compare both with a block explorer, and check DIFFICULTY_SOURCE_URL.`;
  throw new WindfallError('source-malformed', message);
}

/** Another chain has another difficulty at the same height. Where one source rounds up and another down, they differ by 1. */
function faultOfAnchor({ height, difficulty }: Retarget, there: Retarget | undefined): string | undefined {
  const apart = BigInt(there?.difficulty ?? 0) - BigInt(difficulty);
  if (apart >= -1n && apart <= 1n) return undefined;
  return `the source has difficulty ${there?.difficulty ?? 'none'} at ${height}, where ${difficulty} is known`;
}

function newestOf(retargets: readonly Retarget[]): Retarget {
  return retargets.reduce((newest, retarget) => (retarget.height > newest.height ? retarget : newest));
}

function servedOf({ height, fromUnix, difficulty }: Retarget): RetargetBody {
  return { height, fromAt: new Date(fromUnix * 1000).toISOString().replace('.000Z', 'Z'), difficulty };
}
