import { readConfig } from './config.js';
import { BASE_PATH, createSimulator } from './server.js';

const config = readConfig();
try {
  const app = createSimulator(config);
  const stop = () => void app.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Whoever started it with a channel is gone when the channel is.
  if (process.connected) process.once('disconnect', stop);

  const address = await app.listen({ host: config.HOST, port: config.SIMULATOR_PORT });
  process.stdout.write(`Elexon simulator: ${address}${BASE_PATH}\n`);
} catch (error) {
  process.stderr.write(
    `The Elexon simulator cannot start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
}
