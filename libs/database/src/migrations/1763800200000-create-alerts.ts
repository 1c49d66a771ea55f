import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What operators were told of and is not over: kept, so that nobody is told again by a restart or another replica. */
export class CreateAlerts1763800200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reconciliation.alerts (
        kind text not null check (kind in ('gap', 'difficulty-missing', 'difficulty-awaited', 'dead-letter')),
        subject text not null,
        begun_at timestamptz not null default now(),
        primary key (kind, subject)
      );
      comment on table reconciliation.alerts is 'What operators were told of and is not over';
      comment on column reconciliation.alerts.subject is 'A settlement date; of a dead letter the consumer that gave it up';
      grant select on reconciliation.alerts to windfall_reader;
      grant insert, delete on reconciliation.alerts to windfall_reconciler;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table reconciliation.alerts`);
  }
}
