import type { Command } from '../command.js';
import { auditCommands } from './audit.js';
import { deadLetterCommands } from './dead-letters.js';
import { diagnose } from './diagnose.js';
import { difficultyCommands } from './difficulty.js';
import { jobCommands } from './jobs.js';
import { legacy } from './legacy.js';
import { lookCommands } from './look.js';
import { repairCommands } from './repairs.js';
import { verifyCommands } from './verify.js';

/** All that the program can do. */
export const commands: readonly Command[] = [
  ...lookCommands,
  diagnose,
  ...verifyCommands,
  ...repairCommands,
  ...difficultyCommands,
  ...jobCommands,
  ...deadLetterCommands,
  ...auditCommands,
  legacy,
];
