import { type Alert } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

/** What operators were told of and is not over, in no order. */
export async function findAlerts(executor: Executor): Promise<Alert[]> {
  return await rowsOf<Alert>(executor, `select kind, subject from reconciliation.alerts`);
}
