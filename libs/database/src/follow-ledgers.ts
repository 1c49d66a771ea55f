import { listen, type Listener } from './listen.js';

/**
 * Connects, and calls `onChange` whenever the ledger of some day was changed by ingestion, calculator or aggregator, as soon as
 * that is committed.
 *
 * @param onLost called once when the connection is gone
 * @throws when the database cannot be reached
 */
export function followLedgers(
  options: { url: string; applicationName: string },
  onChange: () => void,
  onLost: (reason: Error) => void,
): Promise<Listener> {
  return listen('ledger_changed', options, onChange, onLost);
}
