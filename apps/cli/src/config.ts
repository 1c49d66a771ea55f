import * as z from 'zod';
import { CommandFailure, exitCodes } from './exit-codes.js';

/** The environment that the command line reads; defaults suit the embedded stack. */
const cliConfig = z.object({
  WINDFALL_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:3000'),
  /** An operator key; without it, that of the stack on this machine. */
  WINDFALL_API_KEY: z.string().optional(),
  /** State folder of that stack. */
  WINDFALL_HOME: z.string().optional(),
  /** Set to anything: no colours. */
  NO_COLOR: z.string().optional(),
});
export type CliConfig = z.infer<typeof cliConfig>;

/**
 * @param environment an empty variable counts as unset: compose and Kubernetes files cannot leave one out
 * @throws {CommandFailure} naming the variables that cannot be used, never with their values
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): CliConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = cliConfig.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new CommandFailure(exitCodes.wrongUsage, `The environment is not usable: ${faults.join('; ')}`);
}
