import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Service } from '@app/domain';
import { freePort, type ProcessPlan, programPlan, RunningProcess } from '@app/embedded';
import { atFileEnd } from './at-file-end.js';
import { testFolders } from './test-stores.js';

const simulator = 'elexon-simulator';
export type ServiceName = Service | typeof simulator;

/** Where it listens; a worker serves only its health there. */
const portVariables: Partial<Record<ServiceName, string>> = { gateway: 'PORT', [simulator]: 'SIMULATOR_PORT' };

export class TestService {
  private run: RunningProcess;

  constructor(
    /** Of its HTTP server: the gateway's routes, or health and metrics of a worker. */
    readonly url: string,
    private readonly plan: ProcessPlan,
  ) {
    this.run = new RunningProcess(plan);
  }

  ready(): Promise<void> {
    return this.run.ready();
  }

  get pid(): number | undefined {
    return this.run.pid;
  }

  /** Resolves to how it ended: `exit code 0`, `SIGKILL`. */
  get ended(): Promise<string> {
    return this.run.ended;
  }

  /** All that it printed, over all runs. */
  logs(): string {
    return readFileSync(this.plan.logFile, 'utf8');
  }

  /** As an orchestrator does: SIGTERM, and SIGKILL when that takes long. */
  stop(): Promise<void> {
    return this.run.stop(5_000);
  }

  /** SIGKILL; it is not started again. */
  async kill(): Promise<void> {
    this.run.signal('SIGKILL');
    await this.run.ended;
  }

  /** Holds it where it is, as a stalled machine would. */
  pause(): void {
    this.run.signal('SIGSTOP');
  }

  resume(): void {
    this.run.signal('SIGCONT');
  }

  /** Starts it again after `stop` or `kill`, on the same port. */
  async restart(): Promise<void> {
    this.run = new RunningProcess(this.plan);
    await this.run.ready();
  }
}

/** Starts the built service as a process of its own and waits until it is ready; it ends with the calling file. */
export async function startService(name: ServiceName, env: Record<string, string>): Promise<TestService> {
  const folders = testFolders(name);
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const program = name === simulator ? `apps/${name}/src/main.js` : `services/${name}.js`;
  const readyUrl = `${url}${name === simulator ? '/simulator/requests' : '/health/ready'}`;
  const portVariable = portVariables[name] ?? 'HEALTH_PORT';
  const ownEnv = { PATH: process.env.PATH, SCHEDULES: 'off', [portVariable]: port, ...env };
  const plan = programPlan(name, join(process.cwd(), 'dist', program), readyUrl, ownEnv, folders);
  const service = new TestService(url, plan);
  atFileEnd(() => service.kill());
  await service.ready();
  return service;
}
