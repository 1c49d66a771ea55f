import { isSettlementDate, settlementDatesBetween } from '@app/domain';
import * as z from 'zod';
import { SCENARIO_NAMES, type ScenarioName } from './curtailment/day-scenario.js';

const ScenarioNames: ReadonlySet<string> = new Set(SCENARIO_NAMES);

/** `2025-07-03=windy,2025-08-01..2025-08-31=quiet` as a map from date to scenario. */
const Scenarios = z.string().transform((text, context) => {
  const scenarios = new Map<string, ScenarioName>();
  for (const entry of text.split(',').filter((part) => part.trim() !== '')) {
    const [, from = '', to = from, name = ''] = /^\s*([\d-]+)(?:\.\.([\d-]+))?=(\w+)\s*$/.exec(entry) ?? [];
    if (!isSettlementDate(from) || !isSettlementDate(to) || from > to || !ScenarioNames.has(name)) {
      context.addIssue(`"${entry}" is not DATE=NAME or DATE..DATE=NAME with NAME one of ${SCENARIO_NAMES.join(', ')}`);
      return z.NEVER;
    }
    for (const date of settlementDatesBetween(from, to)) scenarios.set(date, name as ScenarioName);
  }
  return scenarios;
});

/** The environment that the simulator reads. */
export const SimulatorConfig = z.object({
  HOST: z.string().default('127.0.0.1'),
  /** 0: any free port. */
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
  SIMULATOR_SEED: z.string().default('windfall'),
  /** Path of a CSV of acceptances that answers for the dates it covers. */
  SIMULATOR_RECORDING: z.string().optional(),
  /** Added to every answer of the Insights API. */
  SIMULATOR_LATENCY_MS: z.coerce.number().min(0).default(0),
  /** Answers that are kept so as not to be made again; a windy day takes 19 MB. */
  SIMULATOR_KEPT_MB: z.coerce.number().min(0).default(40),
  /** What time it is for deciding which periods have settled; default the clock. */
  SIMULATOR_NOW: z.iso.datetime({ offset: true }).optional(),
  SIMULATOR_SCENARIOS: Scenarios.default(new Map()),
});
export type SimulatorConfig = z.infer<typeof SimulatorConfig>;

/**
 * The configuration in the environment; an empty variable counts as unset. All faults are printed at once, then the
 * process ends with 1.
 *
 * Not the runtime's loadConfig: that library brings Nest and telemetry, which would more than double the time that the
 * simulator takes to start.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): SimulatorConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = SimulatorConfig.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}\n`);
  process.stderr.write(`The configuration is not usable:\n${faults.join('')}`);
  process.exit(1);
}
