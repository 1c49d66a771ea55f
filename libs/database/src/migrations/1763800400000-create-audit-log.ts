import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Who did what and why: rows that are only ever appended, each with the hash of the one before. */
export class CreateAuditLog1763800400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reconciliation.audit_log (
        sequence bigint primary key check (sequence > 0),
        at timestamptz not null check (at = date_trunc('milliseconds', at)),
        action text not null,
        requested_by text not null,
        arguments jsonb not null,
        reason text,
        plan_hash text,
        job_id uuid,
        outcome text not null,
        cause jsonb,
        before_digest text,
        after_digest text,
        -- No two rows follow the same one.
        previous_hash text not null unique,
        hash text not null
      );
      create index audit_log_by_job on reconciliation.audit_log (job_id) where job_id is not null;
      comment on column reconciliation.audit_log.hash is 'SHA-256 over the other columns, previous_hash among them';

      create table reconciliation.audit_head (
        sequence bigint not null,
        hash text not null
      );
      create unique index audit_head_is_one on reconciliation.audit_head ((true));
      comment on table reconciliation.audit_head is 'The newest row of the audit log: its lock puts writers in a row, and without it nobody would miss rows cut off at the end';
      insert into reconciliation.audit_head values (0, repeat('0', 64));

      create function reconciliation.refuse_audit_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is only ever appended to', tg_table_name using errcode = 'insufficient_privilege';
      end $$;
      create trigger audit_log_is_kept before update or delete or truncate on reconciliation.audit_log
        for each statement execute function reconciliation.refuse_audit_change();
      create trigger audit_head_is_kept before insert or delete or truncate on reconciliation.audit_head
        for each statement execute function reconciliation.refuse_audit_change();
      create trigger audit_head_goes_forward before update on reconciliation.audit_head
        for each row when (new.sequence <= old.sequence) execute function reconciliation.refuse_audit_change();

      grant select on reconciliation.audit_log, reconciliation.audit_head to windfall_reader;
      grant insert on reconciliation.audit_log to windfall_reconciler;
      grant update on reconciliation.audit_head to windfall_reconciler;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table reconciliation.audit_log, reconciliation.audit_head;
      drop function reconciliation.refuse_audit_change();
    `);
  }
}
