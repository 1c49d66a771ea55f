import { type AddDifficulty, difficultyUpdatedV1 } from '@app/contracts';
import { Database, type Executor } from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import { addToOutbox, newEvent } from '@app/messaging';
import { type Retarget } from '@app/domain';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { attemptOf, AuditLog } from './audit-log.service.js';
import { oncePerKey } from './once-per-key.js';

/** Adds a retarget to the difficulty table and tells of it. */
@Injectable()
export class AddDifficultyService {
  private readonly logger = new Logger(AddDifficultyService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DifficultyTable) private readonly difficulty: DifficultyTable,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /**
   * @returns whether the retarget is new
   * @throws {WindfallError} `invalid-request` when it contradicts those that are known
   */
  async add({ retarget, reason, requestedBy, idempotencyKey }: AddDifficulty): Promise<boolean> {
    const { height, fromAt, difficulty } = retarget;
    const data = { height, fromUnix: Math.floor(Date.parse(fromAt) / 1000), difficulty };
    const { added } = await this.database.transaction((transaction) =>
      oncePerKey(transaction, { requestedBy, idempotencyKey, request: { retarget, reason } }, async () => {
        const isNew = await this.addTo(transaction, data);
        await this.audit.accepted(transaction, attemptOf('add-difficulty', requestedBy, { ...retarget, reason }), {
          unchanged: !isNew,
        });
        return { added: isNew };
      }),
    );
    this.logger.log({ msg: added ? 'a retarget was added' : 'a retarget was known already', ...data, requestedBy });
    return added;
  }

  /**
   * The table first, then the event: when this process dies in between, the calculator finds the retarget by itself.
   *
   * @returns whether the retarget is new
   * @throws {WindfallError} `invalid-request` when it contradicts those that are known
   */
  async addTo(transaction: Executor, retarget: Retarget): Promise<boolean> {
    const isNew = await this.difficulty.addRetarget(retarget);
    const event = newEvent(difficultyUpdatedV1, retarget, { source: 'reconciler' });
    await addToOutbox(transaction, 'reconciliation', [event]);
    return isNew;
  }
}
