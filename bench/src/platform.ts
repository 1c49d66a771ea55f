import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import { type Service, services } from '@app/domain';
import {
  afterOurDeath,
  freePort,
  natsServerBinary,
  prepareStateFolder,
  type RunningProcess,
  startDynalite,
  startNats,
  startPostgres,
  type StateFolders,
  Supervisor,
} from '@app/embedded';
import pg from 'pg';
import { BUSY_DAY, BUSY_MONTH, LIGHT_DAY } from './days.js';
import { LedgerWatch } from './ledger-watch.js';
import { startProgram } from './services.js';

/** How many requests to the feed are under way at once, for us and for all yardsticks. */
export const CONCURRENCY = 4;

const FAR_MS = 50;
const busyMonthMb = 31 * 20;
// The client would say on each start that its next versions need a later Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const checkout = fileURLToPath(new URL('../../../', import.meta.url));
const operatorKey = 'key-of-the-bench';

/** Where answers come from: at once, or each 50 ms later. */
export interface Feeds {
  near: string;
  far: string;
}

/** All of Windfall as a user has it: real stores in their usual settings, five processes, and the feed over HTTP. */
export class Platform {
  private running = new Map<Service, RunningProcess>();
  private ports = new Map<Service, number>();

  private constructor(
    readonly folders: StateFolders,
    private readonly stores: Supervisor,
    private readonly others: RunningProcess[],
    private readonly serviceEnv: NodeJS.ProcessEnv,
    readonly natsUrl: string,
    readonly databaseUrl: string,
    readonly feeds: Feeds,
    /** The database as the role that owns everything. */
    readonly owner: pg.Pool,
    readonly ledgers: LedgerWatch,
  ) {}

  /** Starts the stores and the feed on free ports, with their state in a folder that is deleted at the end. */
  static async start(): Promise<Platform> {
    const folders = prepareStateFolder(mkdtempSync(join(tmpdir(), 'windfall-bench-')));
    // Also when we are interrupted; the stores end by themselves then, and Postgres is the last to let go of its files.
    afterOurDeath(
      'while read -r pid < "$1/postgres/data/postmaster.pid" && kill -0 "$pid"; do sleep 0.1; done; rm -rf "$1"',
      folders.state,
    );
    const stores = new Supervisor((line) => console.error(line));
    const others: RunningProcess[] = [];
    const binary = await natsServerBinary({
      env: process.env,
      folder: join(checkout, '.windfall/bin'),
      say: (line) => console.error(line),
    });
    const [databaseUrl, natsUrl, difficulty] = await Promise.all([
      // The name of who asked, so that statements can be counted by it.
      startPostgres({ folders, supervisor: stores, port: await freePort(), settings: ['log_line_prefix=%a|'] }),
      startNats({ folders, supervisor: stores, port: await freePort(), binary }),
      startDifficulty(folders, stores),
    ]);
    const password = randomBytes(16).toString('hex');
    const urls = Object.fromEntries(
      services.map((service) => [service, urlOf(databaseUrl, `windfall_${service}`, password)]),
    ) as Record<Service, string>;
    await migrate({ databaseUrl, serviceUrls: urls });
    const env = {
      ...difficulty,
      ...Object.fromEntries(services.map((service) => [`${service.toUpperCase()}_DATABASE_URL`, urls[service]])),
      NATS_URL: natsUrl,
      ELEXON_MAX_CONCURRENCY: String(CONCURRENCY),
      // Politeness towards the real feed; a month would wait for it.
      ELEXON_REQUESTS_PER_MINUTE: '1000000',
      OPERATOR_API_KEYS: `bench:${createHash('sha256').update(operatorKey).digest('hex')}:repair`,
      SCHEDULES: 'off',
    };
    const feeds = {
      near: await startFeed(folders, others, { SIMULATOR_KEPT_MB: String(busyMonthMb) }),
      far: await startFeed(folders, others, { SIMULATOR_LATENCY_MS: String(FAR_MS) }),
    };
    const owner = new pg.Pool({ connectionString: databaseUrl, application_name: 'bench', max: 10 });
    const ledgers = await LedgerWatch.connect(databaseUrl);
    return new Platform(folders, stores, others, env, natsUrl, databaseUrl, feeds, owner, ledgers);
  }

  /** Starts the five services all at once, on whichever feed; resolves when all of them are ready. */
  async startServices(feed: string): Promise<void> {
    for (const service of services) if (!this.ports.has(service)) this.ports.set(service, await freePort());
    const env = { ...this.serviceEnv, ELEXON_BASE_URL: feed };
    const started = services.map(async (service) => {
      const port = String(this.ports.get(service));
      const ready = `http://127.0.0.1:${port}/health/ready`;
      const variable = service === 'gateway' ? 'PORT' : 'HEALTH_PORT';
      const program = `services/${service}.js`;
      this.running.set(service, await startProgram(program, ready, { ...env, [variable]: port }, this.folders));
    });
    await Promise.all(started);
  }

  async stopServices(): Promise<void> {
    await Promise.all([...this.running.values()].map((service) => service.stop(5_000)));
    this.running.clear();
  }

  processOf(service: Service): RunningProcess {
    const running = this.running.get(service);
    if (running === undefined) throw new Error(`${service} does not run`);
    return running;
  }

  /** Submits a job as an operator does; the gateway refusing it is an error. */
  async submit(request: Record<string, unknown>): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.ports.get('gateway')}/api/reconciliation/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${operatorKey}` },
      body: JSON.stringify(request),
    });
    if (response.status !== 202) throw new Error(`The job was answered ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
  }

  /** Reads from the gateway; any answer but 200 is an error. */
  async get(path: string): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.ports.get('gateway')}${path}`);
    if (response.status !== 200) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
    return await response.json();
  }

  async stop(): Promise<void> {
    await this.ledgers.close();
    await this.owner.end();
    await this.stopServices();
    await Promise.all(this.others.map((other) => other.stop(1_000)));
    await this.stores.stop(3_000);
  }
}

function urlOf(databaseUrl: string, user: string, password: string): string {
  return Object.assign(new URL(databaseUrl), { username: user, password }).href;
}

async function startDifficulty(folders: StateFolders, supervisor: Supervisor): Promise<NodeJS.ProcessEnv> {
  const endpoint = await startDynalite({ folders, supervisor, port: await freePort(), inMemory: true });
  const env = {
    DYNAMODB_ENDPOINT: endpoint,
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'dynalite',
    AWS_SECRET_ACCESS_KEY: 'dynalite',
  };
  // AWS clients look for their credentials in the environment of their own process.
  Object.assign(process.env, env);
  const table = new DifficultyTable({ endpoint, region: env.AWS_REGION, table: 'windfall-difficulty' });
  await table.ensure();
  await table.seed();
  table.close();
  return env;
}

async function startFeed(folders: StateFolders, others: RunningProcess[], env: NodeJS.ProcessEnv): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const scenarios = `${BUSY_MONTH.at(0)}..${BUSY_MONTH.at(-1)}=windy,${BUSY_DAY}=windy,${LIGHT_DAY}=typical`;
  const settings = { SIMULATOR_PORT: String(port), SIMULATOR_SCENARIOS: scenarios, ...env };
  const ready = `${url}/simulator/requests`;
  others.push(await startProgram('apps/elexon-simulator/src/main.js', ready, settings, folders));
  return `${url}/bmrs/api/v1`;
}
