import { createHash } from 'node:crypto';
import { Database } from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import { type Service, services as names } from '@app/domain';
import {
  atFileEnd,
  createTestDatabase,
  eventually,
  startService,
  startTestDynamo,
  startTestNats,
  type TestDatabase,
  type TestNats,
  type TestService,
} from '@app/testing';
import { GatewayClient } from './gateway-client.js';
import { logLines, type LogLine } from './log-lines.js';
import { SimulatorControl } from './simulator-control.js';
import { tablesOf } from './tables-of.js';

/** All of Windfall, as processes of their own on stores of their own. */
export interface Stack {
  services: Readonly<Record<Service, TestService>>;
  gateway: GatewayClient;
  /** The same for another operator. */
  colleague: GatewayClient;
  simulator: SimulatorControl;
  nats: TestNats;
  difficulty: DifficultyTable;
  /** The database as nobody but a test sees it: as the role that owns everything. */
  owner: Database;
  logsOf(service: Service): LogLine[];
  /** Starts one more process of a service: another replica, on the same stores but for what `env` says. */
  startAnother(service: Service, env?: Record<string, string>): Promise<TestService>;
  /** Empties the tables of all days and jobs, as if none had ever been asked for. */
  forgetAllDays(): Promise<void>;
}

/** May do everything. */
export const operatorKey = 'key-of-the-tests';
const colleagueKey = 'key-of-a-colleague';
const sha256 = (key: string) => createHash('sha256').update(key).digest('hex');

/**
 * Starts everything on free ports; it ends with the calling file.
 *
 * @param simulatorEnv what the simulator's environment sets besides its port
 * @param serviceEnv what the environment of all services sets besides
 * @param ownDatabase instead of one on the server that all test files share
 */
export async function startStack(
  simulatorEnv: Record<string, string> = {},
  ownDatabase?: TestDatabase,
  serviceEnv: Record<string, string> = {},
): Promise<Stack> {
  const [database, nats, { difficulty, env: difficultyEnv }, simulatorProcess] = await Promise.all([
    ownDatabase ?? createTestDatabase(),
    startTestNats(),
    startDifficulty(),
    startService('elexon-simulator', simulatorEnv),
  ]);
  const owner = new Database({ url: database.ownerUrl, applicationName: 'e2e' });
  atFileEnd(() => owner.close());
  const simulator = new SimulatorControl(simulatorProcess.url);
  const env = {
    ...database.env,
    ...difficultyEnv,
    NATS_URL: nats.url,
    ELEXON_BASE_URL: simulator.baseUrl,
    // A simulator needs no sparing.
    ELEXON_REQUESTS_PER_MINUTE: '100000',
    OPERATOR_API_KEYS: `e2e:${sha256(operatorKey)}:admin,colleague:${sha256(colleagueKey)}:admin`,
    ...serviceEnv,
  };
  const started = await Promise.all(names.map(async (name) => [name, await startService(name, env)] as const));
  const services = Object.fromEntries(started) as Record<Service, TestService>;
  return {
    services,
    gateway: new GatewayClient(services.gateway.url, operatorKey),
    colleague: new GatewayClient(services.gateway.url, colleagueKey),
    simulator,
    nats,
    difficulty,
    owner,
    logsOf: (service) => logLines(services[service].logs()),
    startAnother: (service, other) => startService(service, { ...env, ...other }),
    forgetAllDays: () => forgetAllDays(owner),
  };
}

async function startDifficulty(): Promise<{ difficulty: DifficultyTable; env: Record<string, string> }> {
  const dynamo = await startTestDynamo();
  // AWS clients look for their credentials in the environment of their own process.
  Object.assign(process.env, dynamo.env);
  const table = 'windfall-difficulty';
  const difficulty = new DifficultyTable({ endpoint: dynamo.endpoint, region: 'eu-west-2', table });
  atFileEnd(() => difficulty.close());
  await difficulty.ensure();
  await difficulty.seed();
  return { difficulty, env: { ...dynamo.env, DYNAMODB_DIFFICULTY_TABLE: table } };
}

/** The audit log cannot be emptied. The register and the miner models stay: services may have read them already. */
const lasting = [
  'ingestion.bm_units',
  'ingestion.register_versions',
  'calculation.miner_models',
  'reconciliation.audit_log',
  'reconciliation.audit_head',
];

async function forgetAllDays(owner: Database): Promise<void> {
  const names = (await tablesOf(owner)).filter((name) => !lasting.includes(name));
  // The services go on looking at these tables, each in an order of its own: one of the two may be refused for a deadlock.
  await eventually(() => owner.query(`truncate ${names.join(', ')}`));
}
