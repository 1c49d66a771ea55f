import { spawn } from 'node:child_process';

/**
 * Has a shell run a script once this process is gone, however it ended: `read` returns when the pipe to us closes.
 * This is how stores end with a launcher or a test run that was killed and could not stop them.
 *
 * @returns takes it back
 */
export function afterOurDeath(script: string, ...parameters: string[]): () => void {
  const watcher = spawn('/bin/sh', ['-c', `read -r nothing; ${script}`, 'sh', ...parameters], {
    // Its own session, so that Ctrl-C in the terminal reaches us and not the watcher.
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
  return () => watcher.kill('SIGKILL');
}
