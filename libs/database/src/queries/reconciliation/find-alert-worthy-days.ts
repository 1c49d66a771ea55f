import { type AlertWorthy } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

/**
 * Days that an operator has to know of, in no order. One that lacks something does so lastingly when a daily check has ended
 * since the day itself, and since anybody worked on it.
 *
 * @param wantedFrom  first date that ought to be there; null when only dates ever fetched are looked at
 * @param restSeconds what was worked on more recently may still be worked on
 */
export async function findAlertWorthyDays(
  executor: Executor,
  { wantedFrom, restSeconds }: { wantedFrom: string | null; restSeconds: number },
): Promise<AlertWorthy[]> {
  return await rowsOf<AlertWorthy>(
    executor,
    // Only months with a day that lacks something are looked at: most of the time that is the newest.
    `with checked as (
       select max(ended_at) as at, (max(ended_at) at time zone 'Europe/London')::date as date
       from (
         select ended_at from reconciliation.jobs
         where kind = 'daily-check' and ended_at is not null
         order by created_at desc limit 1
       ) newest
     ),
     valued as (
       select max(settlement_date) as newest from calculation.calculated_days where outcome = 'calculated'
     )
     select 'gap' as kind, s.settlement_date::text as subject,
            s.settlement_date < k.date
              and greatest(d.fetched_at, c.calculated_at, a.aggregated_at)
                < least(k.at, now() - make_interval(secs => $2)) is true as lasting
     from (select month from reconciliation.month_days where absent + partial > 0) m
     cross join lateral reconciliation.day_states_between(m.month, (m.month + interval '1 month' - interval '1 day')::date) s
     join ingestion.settlement_days d on d.settlement_date = s.settlement_date
     left join calculation.calculated_days c on c.settlement_date = s.settlement_date
     left join summary.aggregated_days a on a.settlement_date = s.settlement_date
     cross join checked k
     where s.state in ('absent', 'partial')
     union all
     select 'gap', w.settlement_date::date::text, true
     from checked k
     cross join generate_series($1::date, k.date - 1, interval '1 day') as w (settlement_date)
     where not exists (select from ingestion.settlement_days d where d.settlement_date = w.settlement_date::date)
     union all
     select case when b.settlement_date < v.newest then 'difficulty-missing' else 'difficulty-awaited' end,
            b.settlement_date::text, true
     from calculation.calculated_days b
     cross join valued v
     where b.outcome = 'blocked'`,
    [wantedFrom, restSeconds],
  );
}
