import {
  countAlerts,
  Database,
  type Executor,
  findAlerts,
  findAlertWorthyDays,
  measure,
  saveAlertChanges,
  tryLockAlerts,
} from '@app/database';
import { type Alert, type AlertLine, alertLines, type AlertWorthy, compareAlerts } from '@app/domain';
import { Bus, countDeadLetters } from '@app/messaging';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { config } from './config.js';

const MS_PER_SECOND = 1_000;

/**
 * Logs what an operator has to do something about: once when it begins, and once when it is over. What was told is kept in a
 * table, so that neither a restart nor another replica tells it again.
 */
@Injectable()
export class AlertsService {
  private readonly logger = new Logger(AlertsService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
  ) {
    measure('windfall_alerts', 'Days or consumers that operators were told of and that are not over', async () =>
      (await countAlerts(database)).map(({ kind, subjects }) => [subjects, { kind }] as const),
    );
  }

  @Interval(config.ALERT_LOOK_SECONDS * MS_PER_SECOND)
  async look(): Promise<void> {
    try {
      await this.database.transaction((transaction) => this.tellChanges(transaction));
    } catch (error) {
      this.logger.warn({ msg: 'Nobody could look for what operators have to know; trying again', err: error });
    }
  }

  private async tellChanges(transaction: Executor): Promise<void> {
    if (!(await tryLockAlerts(transaction))) return;
    const open = await findAlerts(transaction);
    const days = await findAlertWorthyDays(transaction, {
      wantedFrom: config.COVERAGE_FROM ?? null,
      restSeconds: config.ALERT_LOOK_SECONDS,
    });
    const changes = compareAlerts(open, [...days, ...(await this.deadLetters(open))]);
    if (changes.begun.length + changes.ended.length === 0) return;
    await saveAlertChanges(transaction, changes);
    // Before the commit: whoever dies in between leaves something that is told twice, and nothing that is never told.
    for (const line of alertLines(open, changes)) this.log(line);
  }

  /** While the bus cannot be asked, what was open stays as it is. */
  private async deadLetters(open: readonly Alert[]): Promise<AlertWorthy[]> {
    const consumers = this.bus.connected
      ? Object.keys(await countDeadLetters(await this.bus.jetStream()))
      : open.filter(({ kind }) => kind === 'dead-letter').map(({ subject }) => subject);
    return consumers.map((subject) => ({ kind: 'dead-letter', subject, lasting: true }));
  }

  private log({ level, kind, text, command }: AlertLine): void {
    if (level === 'error') this.logger.error({ msg: text, alert: kind, command });
    else this.logger.log({ msg: text, alert: kind });
  }
}
