import { execFile } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Service, services } from '@app/domain';
import {
  CannotStart,
  findRecordedProcess,
  freePort,
  homeFolder,
  natsServerBinary,
  prepareStateFolder,
  recordFileOf,
  recordProcess,
  startDynalite,
  startNats,
  startPostgres,
  type StateFolders,
  stopRecordedProcess,
  type SupervisedProcess,
  Supervisor,
} from '@app/embedded';
import { databaseUrls, variableOf } from './database-urls.js';
import { difficultyTable, dynaliteCredentials } from './difficulty-store.js';
import { keptPorts, type Ports } from './kept-ports.js';
import { operatorApiKeys, operatorKey } from './operator-keys.js';
import { requireFreePort } from './require-free-port.js';
import { requireSameFeed } from './require-same-feed.js';
import { checkout, migrateProgram, servicePlan, simulator } from './service-plan.js';
import type { Settings } from './settings.js';

// Together less than the five seconds within which everything is to be gone.
const serviceGraceMs = 2_500;
const storeGraceMs = 1_000;

const ports = [
  'postgres',
  'nats',
  'dynalite',
  simulator,
  'ingestion',
  'calculator',
  'aggregator',
  'reconciler',
] as const;

export interface RunningStack {
  gatewayUrl: string;
  operatorKey: string;
  /** What every service was given. */
  env: NodeJS.ProcessEnv;
}

/** All processes of one state folder: the stores that are not external, the feed where it is simulated, the services. */
export class Stack {
  private readonly stores: Supervisor;
  private readonly programs: Supervisor;
  private readonly abort = new AbortController();
  private folders: StateFolders | undefined;
  private gateway: { process: SupervisedProcess; env: NodeJS.ProcessEnv } | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly simulated: boolean,
    private readonly say: (line: string) => void,
  ) {
    this.stores = new Supervisor(say);
    this.programs = new Supervisor(say);
  }

  /** @throws {CannotStart} saying in one line why it cannot */
  async start(): Promise<RunningStack> {
    const folders = prepareStateFolder(homeFolder({ checkout, ...this.settings }, this.simulated));
    refuseSecondLauncher(folders);
    requireSameFeed(folders, this.simulated);
    this.folders = folders;
    await stopLeftoverPrograms(folders);
    setLogsAside(folders);
    const port = this.settings.port === 0 ? await freePort() : this.settings.port;
    await requireFreePort(port);
    const kept = await keptPorts(join(folders.state, 'ports.json'), ports);

    this.say(`Starting the stores; state is in ${folders.state}`);
    const [urls, natsUrl, difficulty, feed] = await Promise.all([
      this.startDatabase(folders, kept),
      this.startBus(folders, kept),
      this.startDifficulty(folders, kept),
      this.startFeed(folders, kept),
    ]);
    const { OPERATOR_API_KEYS: _, ...inherited } = withoutDatabases(process.env);
    const env = { ...inherited, WINDFALL_HOME: folders.state, NATS_URL: natsUrl, ...difficulty, ...feed };

    this.say('Starting the services');
    const gatewayUrl = `http://127.0.0.1:${port}`;
    await Promise.all(services.map((service) => this.startService(service, env, urls[service], port, kept, folders)));
    return { gatewayUrl, operatorKey: operatorKey(folders.state), env };
  }

  /** Lets the gateway know keys that were made since it was started. */
  async readOperatorKeys(): Promise<void> {
    if (this.gateway === undefined) return;
    const { process, env } = this.gateway;
    await process.restartWith({ ...env, ...this.operatorKeys() });
  }

  /** Ends everything, what uses something before what it uses. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.programs.stop(serviceGraceMs);
    await this.stores.stop(storeGraceMs);
    if (this.folders !== undefined) rmSync(recordFileOf('launcher', this.folders), { force: true });
  }

  /** Ends everything at once. */
  kill(): void {
    this.abort.abort();
    this.programs.kill();
    this.stores.kill();
  }

  private async startDatabase(folders: StateFolders, kept: Ports<'postgres'>): Promise<Record<Service, string>> {
    const { signal } = this.abort;
    const databaseUrl =
      this.settings.databaseUrl ??
      (await startPostgres({ folders, port: kept.postgres, supervisor: this.stores, abort: signal }));
    const urls = databaseUrls(databaseUrl, process.env, folders);
    const env: NodeJS.ProcessEnv = { ...process.env, DATABASE_URL: databaseUrl };
    for (const service of services) env[variableOf(service)] = urls[service];
    try {
      await promisify(execFile)(process.execPath, [migrateProgram], { env, signal });
    } catch (error) {
      const { stderr } = error as { stderr?: string };
      throw new CannotStart(`The database could not be migrated: ${stderr?.trim() || String(error)}`);
    }
    return urls;
  }

  private async startBus(folders: StateFolders, kept: Ports<'nats'>): Promise<string> {
    if (this.settings.natsUrl !== undefined) return this.settings.natsUrl;
    const abort = this.abort.signal;
    const binary = await natsServerBinary({
      env: process.env,
      folder: join(folders.state, 'bin'),
      say: this.say,
      abort,
    });
    return startNats({ folders, port: kept.nats, supervisor: this.stores, binary });
  }

  /** An external table is its owner's: only our own is made and filled. */
  private async startDifficulty(folders: StateFolders, kept: Ports<'dynalite'>): Promise<NodeJS.ProcessEnv> {
    if (this.settings.dynamoEndpoint !== undefined) return {};
    const endpoint = await startDynalite({ folders, port: kept.dynalite, supervisor: this.stores });
    const env = { DYNAMODB_ENDPOINT: endpoint, ...dynaliteCredentials };
    // AWS clients look for their credentials in the environment of their own process.
    Object.assign(process.env, env);
    const table = difficultyTable(process.env);
    await table.ensure();
    await table.seed();
    return env;
  }

  private async startFeed(folders: StateFolders, kept: Ports<typeof simulator>): Promise<NodeJS.ProcessEnv> {
    if (!this.simulated) return {};
    const address = `http://127.0.0.1:${kept[simulator]}`;
    const env = { ...withoutDatabases(process.env), SIMULATOR_PORT: String(kept[simulator]) };
    await this.programs.start(servicePlan(simulator, `${address}/simulator/faults`, env, folders));
    return { ELEXON_BASE_URL: `${address}/bmrs/api/v1` };
  }

  private async startService(
    service: Service,
    common: NodeJS.ProcessEnv,
    databaseUrl: string,
    gatewayPort: number,
    kept: Ports<Exclude<Service, 'gateway'>>,
    folders: StateFolders,
  ): Promise<void> {
    const port = service === 'gateway' ? gatewayPort : kept[service];
    const ready = `http://127.0.0.1:${port}/health/ready`;
    const env: NodeJS.ProcessEnv = { ...common, [variableOf(service)]: databaseUrl };
    if (service !== 'gateway') {
      env.HEALTH_PORT = String(port);
      await this.programs.start(servicePlan(service, ready, env, folders));
      return;
    }
    env.PORT = String(port);
    const process = await this.programs.start(servicePlan(service, ready, { ...env, ...this.operatorKeys() }, folders));
    this.gateway = { process, env };
  }

  /** Those of the state folder, and those that the environment names besides. */
  private operatorKeys(): NodeJS.ProcessEnv {
    const { state } = this.folders ?? {};
    const keys = [process.env.OPERATOR_API_KEYS, state && operatorApiKeys(state)].filter(Boolean);
    return { OPERATOR_API_KEYS: keys.join(',') };
  }
}

/** Each service is told its own way into the database and none else. */
function withoutDatabases(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.endsWith('DATABASE_URL')));
}

function refuseSecondLauncher(folders: StateFolders): void {
  const record = recordFileOf('launcher', folders);
  const other = findRecordedProcess(record);
  if (other !== undefined) {
    throw new CannotStart(
      `Windfall already runs on ${folders.state} (process ${other}): stop it, or set WINDFALL_HOME`,
    );
  }
  recordProcess(record, process.pid);
}

/** What a killed launcher left; the stores look after themselves when they are started. */
async function stopLeftoverPrograms(folders: StateFolders): Promise<void> {
  const records = [simulator, ...services]
    .map((name) => recordFileOf(name, folders))
    .filter((file) => existsSync(file));
  await Promise.all(records.map((file) => stopRecordedProcess(file, 'SIGTERM')));
}

/** Logs are of one run; those of the run before are kept beside them. */
function setLogsAside({ logs }: StateFolders): void {
  for (const name of readdirSync(logs).filter((file) => /^[\w-]+\.log$/.test(file))) {
    renameSync(join(logs, name), join(logs, name.replace(/\.log$/, '.previous.log')));
  }
}
