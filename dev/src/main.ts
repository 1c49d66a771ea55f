import { CannotStart } from '@app/embedded';
import { launch } from './launcher.js';
import { makeOperatorKey } from './make-operator-key.js';
import { readSettings } from './settings.js';
import { type Command, readCommand, usage } from './usage.js';

let command: Command;
try {
  command = readCommand(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n${usage}\n`);
  process.exit(2);
}

try {
  const settings = readSettings(process.env);
  if (command.name === 'operator-key') makeOperatorKey(settings, command.scopes);
  else if (command.name === 'start') await launch(settings, 'start');
  else await launch(settings, command.once ? 'demo-once' : 'demo');
} catch (error) {
  // What cannot start says why in a line of its own; anything else is a fault of ours and shows where.
  process.stderr.write(`${error instanceof CannotStart ? error.message : String((error as Error).stack)}\n`);
  process.exit(1);
}
