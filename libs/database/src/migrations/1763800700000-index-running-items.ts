import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** A look at what runs must not read all that is yet to begin, thousands of dates of a long job. */
export class IndexRunningItems1763800700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index job_items_running on reconciliation.job_items (job_id) where state = 'running'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index reconciliation.job_items_running');
  }
}
