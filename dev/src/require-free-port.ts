import { createServer } from 'node:net';
import { CannotStart } from '@app/embedded';

/** @throws {CannotStart} when the gateway could not listen on the port */
export async function requireFreePort(port: number): Promise<void> {
  // One address after the other: listening on all of them at once would be in its own way.
  for (const host of ['0.0.0.0', '127.0.0.1']) {
    const code = await whyNotListening(port, host);
    if (code === 'EADDRINUSE') {
      throw new CannotStart(`Port ${port} is in use: stop what listens there, or set PORT to another one`);
    }
    if (code !== undefined) throw new CannotStart(`Port ${port} cannot be used (${code}): set PORT to another one`);
  }
}

function whyNotListening(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host }, () => server.close(() => resolve(undefined)));
  });
}
