import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** An item carries its steps and where it is in them; an idempotency key is kept for every kind of write. */
export class GiveItemsSteps1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table reconciliation.job_items
        add column place integer not null default 0,
        add column steps jsonb not null default '[]',
        add column step smallint not null default 0,
        add column tries smallint not null default 0,
        add column exclusive boolean not null default true,
        add column reported jsonb,
        add column begun_at timestamptz,
        drop constraint job_items_asked_check;
      comment on column reconciliation.job_items.place is 'Order in which the items of a job are begun';
      comment on column reconciliation.job_items.steps is 'What is to be done, in order';
      comment on column reconciliation.job_items.step is 'Place, from 0, of the step that was asked for last: the checkpoint';
      comment on column reconciliation.job_items.tries is 'How often in a row that step was asked for; attempts is the most that any step took';
      comment on column reconciliation.job_items.exclusive is 'Only one such item may run on a date; others only look';
      comment on column reconciliation.job_items.reported is 'What came of the request, where no ledger tells';
      comment on column reconciliation.job_items.begun_at is 'When it was begun last, where started_at is the first time';
      comment on column reconciliation.job_items.asked is 'Kind of the step that was asked for last, by the event request_id';

      -- What was accepted before steps were stored.
      update reconciliation.job_items i
      set steps = jsonb_build_array(
            jsonb_build_object('do', 'ingest', 'when', case j.kind when 'ingest' then 'always' else 'needed' end, 'compareRows', false, 'periods', (
              select jsonb_agg(p)
              from generate_series(split_part(j.arguments ->> 'periods', '-', 1)::integer,
                                   coalesce(nullif(split_part(j.arguments ->> 'periods', '-', 2), ''),
                                            split_part(j.arguments ->> 'periods', '-', 1))::integer) p)),
            jsonb_build_object('do', 'calculate', 'when', 'needed', 'only', null),
            jsonb_build_object('do', 'aggregate', 'when', 'needed')),
          place = i.settlement_date - date '2000-01-01', tries = i.attempts, begun_at = i.started_at,
          step = case i.asked when 'calculation' then 1 when 'aggregation' then 2 else 0 end,
          asked = case i.asked when 'ingestion' then 'ingest' when 'calculation' then 'calculate' when 'aggregation' then 'aggregate' end
      from reconciliation.jobs j where j.id = i.job_id;
      alter table reconciliation.job_items alter column steps drop default, alter column place drop default;

      drop index reconciliation.job_items_one_runs;
      -- The lease on a date: two repairs of one date cannot both be running.
      create unique index job_items_one_runs on reconciliation.job_items (settlement_date) where state = 'running' and exclusive;
      create index job_items_open on reconciliation.job_items (settlement_date) where state in ('queued', 'waiting', 'running');

      alter table reconciliation.jobs
        add column automatic boolean not null default false,
        add column result jsonb,
        drop column idempotency_key,
        drop column request_hash;
      comment on column reconciliation.jobs.automatic is 'Asked for by a schedule: it gives way to operators';
      comment on column reconciliation.jobs.result is 'What the job found, for kinds that look for something';

      create table reconciliation.idempotency_keys (
        requested_by text not null,
        idempotency_key text not null,
        request_hash text not null,
        outcome jsonb not null,
        created_at timestamptz not null default now(),
        primary key (requested_by, idempotency_key)
      );
      create index idempotency_keys_by_age on reconciliation.idempotency_keys (created_at);
      comment on table reconciliation.idempotency_keys is 'What came of each accepted write, kept for 24 hours';
      comment on column reconciliation.idempotency_keys.request_hash is 'Of the whole request, so that the same key with another one is recognised';

      create view reconciliation.day_facts as
        select s.*,
               coalesce(p.failed, '{}') as failed_periods, p.failed_detail, coalesce(p.unfetched, '{}') as unfetched_periods,
               c.cause_detail as blocked_detail, c.cause_periods as blocked_periods,
               d.fetched_at, c.calculated_at, a.aggregated_at
        from reconciliation.day_states s
        join ingestion.settlement_days d using (settlement_date)
        left join calculation.calculated_days c using (settlement_date)
        left join summary.aggregated_days a using (settlement_date)
        left join lateral (
          select array_agg(settlement_period order by settlement_period) filter (where state = 'failed') as failed,
                 min(cause_detail) as failed_detail,
                 array_agg(settlement_period order by settlement_period) filter (where state = 'not-fetched') as unfetched
          from ingestion.settlement_periods
          where settlement_date = s.settlement_date and state in ('failed', 'not-fetched')
        ) p on true;
      comment on view reconciliation.day_facts is 'All that decides what is to be done for a day';

      grant select on reconciliation.idempotency_keys, reconciliation.day_facts to windfall_reader;
      grant insert, delete on reconciliation.idempotency_keys to windfall_reconciler;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view reconciliation.day_facts;
      drop table reconciliation.idempotency_keys;
      alter table reconciliation.jobs
        drop column automatic, drop column result, add column idempotency_key text, add column request_hash text,
        add unique (requested_by, idempotency_key);
      drop index reconciliation.job_items_open, reconciliation.job_items_one_runs;
      create unique index job_items_one_runs on reconciliation.job_items (settlement_date) where state = 'running';
      update reconciliation.job_items set asked = null where asked is not null;
      alter table reconciliation.job_items
        drop column place, drop column steps, drop column step, drop column tries, drop column exclusive, drop column reported,
        drop column begun_at,
        add check (asked in ('ingestion', 'calculation', 'aggregation'));
    `);
  }
}
