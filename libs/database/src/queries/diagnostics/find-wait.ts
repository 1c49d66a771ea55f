import { type Executor, rowsOf } from '../../executor.js';

/** What keeps a running statement from going on. */
export interface StatementWait {
  /** Such as `Lock` and `transactionid`, or `IO` and `DataFileRead`; null while it computes. */
  waitsFor: string | null;
  on: string | null;
  /** Who holds the lock. Their statements are left out: they may be anybody's. */
  blockedBy: { pid: number; applicationName: string; sinceAt: string | null }[];
}

/** The longest running statement of this text that an application's sessions have; undefined when it is over. */
export async function findWait(
  executor: Executor,
  applicationName: string,
  statement: string,
): Promise<StatementWait | undefined> {
  const [wait] = await rowsOf<StatementWait>(
    executor,
    `select a.wait_event_type as "waitsFor", a.wait_event as on,
            coalesce((
              select json_agg(json_build_object('pid', b.pid, 'applicationName', b.application_name, 'sinceAt', b.xact_start))
              from pg_stat_activity b where b.pid = any(pg_blocking_pids(a.pid))), '[]') as "blockedBy"
     from pg_stat_activity a
     where a.application_name = $1 and a.datname = current_database() and a.state = 'active' and a.pid <> pg_backend_pid()
       and left(a.query, 500) = left($2, 500)
     order by a.query_start
     limit 1`,
    [applicationName, statement],
  );
  return wait;
}
