import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What verifications found: comparisons of stored periods with the source. */
export class CreateVerificationReports1763800100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reconciliation.verification_reports (
        id uuid primary key,
        job_id uuid not null references reconciliation.jobs,
        settlement_date date not null,
        sampling text not null check (sampling in ('progressive', 'random', 'fixed', 'full')),
        purpose text not null check (purpose in ('report', 'repair', 'proof')),
        outcome text not null check (outcome in ('same', 'differs', 'unknown')),
        confidence text not null,
        periods jsonb not null,
        created_at timestamptz not null
      );
      comment on table reconciliation.verification_reports is 'A row for each comparison of a day with the source, as it was found; never changed';
      comment on column reconciliation.verification_reports.id is 'Of the request, so that one that is answered twice is stored once';
      comment on column reconciliation.verification_reports.purpose is 'report: to tell; repair: to decide whether to repair; proof: after a repair, to show that it helped';
      create index verification_reports_by_age on reconciliation.verification_reports (created_at desc, id);
      create index verification_reports_by_job on reconciliation.verification_reports (job_id, settlement_date);

      grant select on reconciliation.verification_reports to windfall_reader;
      grant insert on reconciliation.verification_reports to windfall_reconciler;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table reconciliation.verification_reports');
  }
}
