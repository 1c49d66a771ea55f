/** SQLSTATE classes of a server that cannot be used now, and the system's names for one that cannot be reached. */
const OUTAGE = /^(08|53|57P|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)/;

/** Whether an error says that the database is down or unreachable, which passes, rather than that a statement is wrong. */
export function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, driverError } = error as Record<string, unknown>;
  if (typeof code === 'string' && OUTAGE.test(code)) return true;
  // The driver gives no code when a connection breaks while a statement runs.
  if (typeof message === 'string' && message.startsWith('Connection terminated')) return true;
  return isOutage(driverError);
}
