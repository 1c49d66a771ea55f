import {
  type DeadLetter,
  type DeadLetterReplay,
  type DeadLettersReplayed,
  type ListDeadLetters,
  MAX_DEAD_LETTERS_REPLAYED,
  type ReplayDeadLetters,
} from '@app/contracts';
import { Database } from '@app/database';
import { Bus, type DeadLetter as StoredDeadLetter, listDeadLetters, replayDeadLetters } from '@app/messaging';
import { Inject, Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { attemptOf, AuditLog } from './audit-log.service.js';
import { oncePerKey } from './once-per-key.js';

/** Shows what no consumer could handle, and sends it again once the cause is mended. */
@Injectable()
export class DeadLettersService {
  private readonly logger = new Logger(DeadLettersService.name);
  /** A replay takes a second connection for its note, which must not be held by replays that wait for it. */
  private readonly oneAtATime = pLimit(1);

  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  async list({ durable, fromSequence, limit }: ListDeadLetters): Promise<DeadLetter[]> {
    const found = await listDeadLetters(this.bus, { durable, fromSeq: fromSequence, limit });
    return found.map(servedOf);
  }

  /**
   * Asking again for a letter that was sent does nothing: it is no longer there, and a new death gets a new place.
   *
   * @throws {WindfallError} `idempotency-conflict` when the key named another replay
   */
  async replay({ replay, requestedBy, idempotencyKey }: ReplayDeadLetters): Promise<DeadLettersReplayed> {
    const write = { requestedBy, idempotencyKey, request: { replay } };
    return await this.oneAtATime(() =>
      this.database.transaction((transaction) => oncePerKey(transaction, write, () => this.send(replay, requestedBy))),
    );
  }

  private async send(replay: DeadLetterReplay, requestedBy: string): Promise<DeadLettersReplayed> {
    const { sequence, durable } = replay;
    const limit = sequence === undefined ? MAX_DEAD_LETTERS_REPLAYED : 1;
    // Noted before, and in a transaction of its own: what is on the bus cannot be taken back when the note fails.
    await this.database.transaction((transaction) =>
      this.audit.accepted(transaction, attemptOf('replay-dead-letters', requestedBy, replay)),
    );
    const sent = await replayDeadLetters(this.bus, { durable, fromSeq: sequence, toSeq: sequence, limit });
    const sequences = sent.map(({ seq }) => seq);
    this.logger.log({ msg: 'dead letters sent again', requestedBy, sequences, ...replay });
    return { replayed: sent.length, left: sequence === undefined && sent.length === limit };
  }
}

function servedOf({ seq, durable, channel, eventId, subject, cause, attempts, diedAt }: StoredDeadLetter): DeadLetter {
  const [code = '', ...rest] = cause.split(': ');
  return {
    sequence: seq,
    durable,
    subject: channel,
    eventId,
    settlementDates: subject,
    cause: { code, detail: rest.join(': ') },
    attempts,
    diedAt,
  };
}
