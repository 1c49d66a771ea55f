import { listen, type Listener } from './listen.js';

/**
 * Connects, and calls `onChange` with the id of each job of which something was told, as soon as that is committed.
 *
 * @param onLost called once when the connection is gone
 * @throws when the database cannot be reached
 */
export function followJobs(
  options: { url: string; applicationName: string },
  onChange: (jobId: string) => void,
  onLost: (reason: Error) => void,
): Promise<Listener> {
  return listen('job_changed', options, onChange, onLost);
}
