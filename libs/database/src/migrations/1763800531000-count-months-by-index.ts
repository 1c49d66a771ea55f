import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** A session that planned the counting of a month while the ledgers were empty must not read all of them for each month later. */
export class CountMonthsByIndex1763800531000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter function reconciliation.count_month(date) set enable_seqscan = off');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter function reconciliation.count_month(date) reset enable_seqscan');
  }
}
