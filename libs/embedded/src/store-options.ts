import type { StateFolders } from './state-folder.js';
import type { Supervisor } from './supervisor.js';

export interface StoreOptions {
  folders: StateFolders;
  port: number;
  /** Starts it, and starts it again when it dies. */
  supervisor: Supervisor;
  /** Gives up what goes before the start: making the data, fetching a program. */
  abort?: AbortSignal | undefined;
}
