import { type AlertKind, alertKinds } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

/** How many subjects of each kind operators were told of and are not over. */
export async function countAlerts(executor: Executor): Promise<{ kind: AlertKind; subjects: number }[]> {
  return await rowsOf<{ kind: AlertKind; subjects: number }>(
    executor,
    `select k.kind, count(a.subject)::integer as subjects
     from unnest($1::text[]) as k (kind) left join reconciliation.alerts a using (kind)
     group by k.kind`,
    [alertKinds],
  );
}
