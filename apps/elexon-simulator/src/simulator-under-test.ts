import { setTimeout as sleep } from 'node:timers/promises';
import { SimulatorConfig } from './config.js';
import type { RequestSummary } from './control/request-log.js';
import { BASE_PATH, createSimulator } from './server.js';
import type { StackRow } from './stack/stack-row.js';

/** A simulator on a free port, for specs. */
export interface SimulatorUnderTest {
  /** Asks the Insights API; the path begins after its base path. */
  get(path: string, init?: RequestInit): Promise<Response>;
  /** The JSON of an answer that is expected to be 200. */
  json(path: string): Promise<unknown>;
  stack(side: 'bid' | 'offer', settlementDate: string, period: number): Promise<StackRow[]>;
  /** Asks the control API under /simulator; with a body it is a POST. */
  control(path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  clear(path: 'faults' | 'revisions' | 'wind-revisions' | 'requests'): Promise<void>;
  requests(): Promise<RequestSummary>;
  /** What was counted, once so many requests are open. */
  requestsWhen(inFlight: number): Promise<RequestSummary>;
  close(): Promise<void>;
}

/** @param environment what the simulator's environment sets besides the present, 2026-06-14T12:00Z */
export async function simulatorUnderTest(environment: Record<string, string> = {}): Promise<SimulatorUnderTest> {
  const app = createSimulator(SimulatorConfig.parse({ SIMULATOR_NOW: '2026-06-14T12:00:00Z', ...environment }));
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });

  const get = (path: string, init?: RequestInit) => fetch(`${origin}${BASE_PATH}${path}`, init);
  const json = async (path: string) => {
    const response = await get(path);
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const requests = async () => (await fetch(`${origin}/simulator/requests`)).json() as Promise<RequestSummary>;
  return {
    get,
    json,
    stack: async (side, settlementDate, period) => {
      const answer = await json(`/balancing/settlement/stack/all/${side}/${settlementDate}/${period}`);
      return (answer as { data: StackRow[] }).data;
    },
    control: async (path, body) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const response = await fetch(`${origin}/simulator/${path}`, body === undefined ? {} : init);
      return { status: response.status, body: await response.json() };
    },
    clear: async (path) => {
      await fetch(`${origin}/simulator/${path}`, { method: 'DELETE' });
    },
    requests,
    requestsWhen: async (inFlight) => {
      for (;;) {
        const summary = await requests();
        if (summary.inFlight === inFlight) return summary;
        await sleep(10);
      }
    },
    close: () => app.close(),
  };
}
