import { CannotStart } from './cannot-start.js';
import type { ProcessPlan } from './run-process.js';
import { SupervisedProcess } from './supervised-process.js';

/** Processes that are started one by one and stopped together. */
export class Supervisor {
  private readonly processes: SupervisedProcess[] = [];
  private stopping = false;

  /** @param say told in one line of each process that dies and is started again */
  constructor(private readonly say: (line: string) => void) {}

  /** @throws {CannotStart} when it does not become ready; it is stopped then */
  async start(plan: ProcessPlan): Promise<SupervisedProcess> {
    if (this.stopping) throw new CannotStart(`${plan.name} was not started: everything is being stopped`);
    const process = new SupervisedProcess(plan, this.say);
    // Known before it is ready, so that what is only starting is stopped too.
    this.processes.push(process);
    try {
      await process.ready();
    } catch (error) {
      await process.stop(0);
      throw error;
    }
    return process;
  }

  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    await Promise.all(this.processes.map((process) => process.stop(graceMs)));
  }

  kill(): void {
    this.stopping = true;
    for (const process of this.processes) process.kill();
  }
}
