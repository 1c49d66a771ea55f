import { type AlertChanges } from '@app/domain';
import { type Executor, run } from '../../executor.js';

/** Notes what operators are told of from now on, and forgets what is over. */
export async function saveAlertChanges(transaction: Executor, { begun, ended }: AlertChanges): Promise<void> {
  await run(
    transaction,
    `with ended as (
       delete from reconciliation.alerts
       where (kind, subject) in (select * from unnest($3::text[], $4::text[]))
     )
     insert into reconciliation.alerts (kind, subject) select * from unnest($1::text[], $2::text[])`,
    [begun, ended].flatMap((alerts) => [alerts.map(({ kind }) => kind), alerts.map(({ subject }) => subject)]),
  );
}
