import type * as z from 'zod';

/**
 * Reads the configuration of a process before anything else happens. All faults are printed at once, by the name of
 * the variable and never with its value, which may be a secret; then the process ends with 1.
 *
 * @param schema      an object schema whose keys are the variables
 * @param environment an empty variable counts as unset: compose and Kubernetes files cannot leave one out
 */
export function loadConfig<Schema extends z.ZodType>(
  schema: Schema,
  environment: NodeJS.ProcessEnv = process.env,
): z.infer<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}\n`);
  process.stderr.write(`The configuration is not usable:\n${faults.join('')}`);
  process.exit(1);
}
