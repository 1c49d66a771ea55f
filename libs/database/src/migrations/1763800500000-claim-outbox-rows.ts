import { type MigrationInterface, type QueryRunner } from 'typeorm';

const schemas = ['ingestion', 'calculation', 'summary', 'reconciliation'];

/** A relay claims rows for a while instead of holding a lock while it publishes them. */
export class ClaimOutboxRows1763800500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const schema of schemas) {
      await runner.query(`
        alter table ${schema}.outbox add column claimed_until timestamptz;
        comment on column ${schema}.outbox.claimed_until is 'Until then some relay is publishing the row';
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const schema of schemas) await runner.query(`alter table ${schema}.outbox drop column claimed_until`);
  }
}
