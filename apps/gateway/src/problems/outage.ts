/** SQLSTATE classes of a server that cannot be used now, and the system's names for one that cannot be reached. */
const OUTAGE = /^(08|53|57P|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)/;

/** Whether an error says that a store is down or unreachable, which passes, rather than that a statement is wrong. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (typeof code === 'string' && OUTAGE.test(code)) return true;
  // The driver gives no code when a connection breaks while a statement runs.
  if (/^Connection terminated/.test(error.message)) return true;
  return isOutage(driverError ?? error.cause);
}
