import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What happened to a job and its items, in order: told by triggers, so that no statement which moves a job can forget to. */
export class TellJobEvents1763800401000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reconciliation.job_events (
        job_id uuid not null references reconciliation.jobs,
        sequence integer not null check (sequence > 0),
        at timestamptz not null default clock_timestamp(),
        settlement_date date,
        data jsonb not null,
        primary key (job_id, sequence)
      );
      comment on column reconciliation.job_events.sequence is 'From 1 for each job, without gaps, in the order of the commits';
      comment on column reconciliation.job_events.settlement_date is 'Null when it is about the job as a whole';

      -- Whoever tells holds the job's row until its commit, so nobody ever sees an event before an earlier one.
      create function reconciliation.tell_job_items() returns trigger language plpgsql as $$
      begin
        perform from reconciliation.jobs where id in (select job_id from new_items) order by id for no key update;
        insert into reconciliation.job_events (job_id, sequence, settlement_date, data)
        select n.job_id,
               coalesce((select max(e.sequence) from reconciliation.job_events e where e.job_id = n.job_id), 0)
                 + row_number() over (partition by n.job_id order by n.settlement_date),
               n.settlement_date,
               jsonb_build_object('state', n.state, 'attempts', n.attempts, 'cause', n.cause, 'before', n.before, 'after', n.after)
        from new_items n
        join old_items o using (job_id, settlement_date)
        where (n.state, n.attempts, n.cause) is distinct from (o.state, o.attempts, o.cause);
        perform pg_notify('job_changed', job_id::text) from (select distinct job_id from new_items) t;
        return null;
      end $$;
      create trigger job_items_are_told after update on reconciliation.job_items
        referencing old table as old_items new table as new_items
        for each statement execute function reconciliation.tell_job_items();

      create function reconciliation.tell_job() returns trigger language plpgsql as $$
      begin
        insert into reconciliation.job_events (job_id, sequence, data)
        select new.id,
               coalesce((select max(e.sequence) from reconciliation.job_events e where e.job_id = new.id), 0) + 1,
               jsonb_build_object('state', new.state, 'cause', new.cause, 'totals', (
                 select jsonb_build_object(
                   'items', count(*),
                   'completed', count(*) filter (where i.state = 'completed'),
                   'failed', count(*) filter (where i.state = 'failed'),
                   'blocked', count(*) filter (where i.state = 'blocked'),
                   'cancelled', count(*) filter (where i.state = 'cancelled'),
                   'timeouts', count(*) filter (where i.cause ->> 'code' = 'timed-out'))
                 from reconciliation.job_items i where i.job_id = new.id));
        perform pg_notify('job_changed', new.id::text);
        return null;
      end $$;
      create trigger job_is_told after insert on reconciliation.jobs
        for each row execute function reconciliation.tell_job();
      create trigger job_state_is_told after update on reconciliation.jobs
        for each row when (new.state is distinct from old.state) execute function reconciliation.tell_job();

      grant select on reconciliation.job_events to windfall_reader;
      grant insert on reconciliation.job_events to windfall_reconciler;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger job_is_told on reconciliation.jobs;
      drop trigger job_state_is_told on reconciliation.jobs;
      drop trigger job_items_are_told on reconciliation.job_items;
      drop function reconciliation.tell_job();
      drop function reconciliation.tell_job_items();
      drop table reconciliation.job_events;
    `);
  }
}
