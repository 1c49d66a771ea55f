import { type ProcessPlan, RunningProcess } from './run-process.js';

const firstDelayMs = 100;
const longestDelayMs = 5_000;
/** Who has been up this long starts again with the shortest delay. */
const steadyAfterMs = 30_000;

/** Keeps a process running: whenever it dies it is started again, later and later as long as it keeps dying. */
export class SupervisedProcess {
  private run: RunningProcess;
  private delayMs = firstDelayMs;
  private stopping = false;
  private next: NodeJS.Timeout | undefined;
  private replaced: RunningProcess | undefined;

  /** @param say told of each death, in one line */
  constructor(
    private plan: ProcessPlan,
    private readonly say: (line: string) => void,
  ) {
    this.run = new RunningProcess(plan);
  }

  get name(): string {
    return this.plan.name;
  }

  /** Of the present run; undefined between two runs. */
  get pid(): number | undefined {
    return this.run.hasEnded ? undefined : this.run.pid;
  }

  /** Waits for the first run; only one that was ready once is started again. */
  async ready(): Promise<void> {
    await this.run.ready();
    this.restartWhenItDies();
  }

  /** Ends this run and starts the next one with another environment. */
  async restartWith(env: NodeJS.ProcessEnv): Promise<void> {
    const before = this.run;
    this.plan = { ...this.plan, env };
    this.replaced = before;
    clearTimeout(this.next);
    await before.stop(3_000);
    if (!this.stopping && this.run === before) this.startAgain();
  }

  /** Ends it for good. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.next);
    await this.run.stop(graceMs);
  }

  /** Ends it for good and at once. */
  kill(): void {
    this.stopping = true;
    clearTimeout(this.next);
    this.run.signal(this.plan.killSignal);
  }

  private startAgain(): void {
    this.run = new RunningProcess(this.plan);
    this.restartWhenItDies();
  }

  private restartWhenItDies(): void {
    const { run } = this;
    const startedAt = performance.now();
    void run.ended.then((how) => {
      if (this.stopping || run === this.replaced) return;
      if (performance.now() - startedAt > steadyAfterMs) this.delayMs = firstDelayMs;
      this.say(`${this.name} died (${how}), starting it again`);
      this.next = setTimeout(() => this.startAgain(), this.delayMs);
      this.delayMs = Math.min(2 * this.delayMs, longestDelayMs);
    });
  }
}
