import { type Executor, rowOf } from '../../executor.js';

export interface Grant {
  granted: boolean;
  /** Until the minute is over and with it what was granted. */
  msLeft: number;
}

/**
 * Allows some more requests in this minute, by the database's clock, unless all replicas together would then exceed the budget.
 *
 * @param requests as many, or none
 * @param perMinute the budget
 */
export async function grantRequests(executor: Executor, requests: number, perMinute: number): Promise<Grant> {
  return await rowOf<Grant>(
    executor,
    `with now as (select clock_timestamp() as at),
     past as (delete from ingestion.request_grants g using now where g.minute < now.at - interval '1 hour'),
     allowed as (
       insert into ingestion.request_grants as g (minute, granted)
       select date_trunc('minute', now.at), $1::integer from now where $1 <= $2::integer
       on conflict (minute) do update set granted = g.granted + excluded.granted where g.granted + excluded.granted <= $2
       returning true
     )
     select exists (select from allowed) as granted,
            floor(1000 * extract(epoch from date_trunc('minute', now.at) + interval '1 minute' - now.at))::integer as "msLeft"
     from now`,
    [requests, perMinute],
  );
}
