import { eventually } from '@app/testing';
import { type CurtailedRow } from './curtailed-rows.js';
import { Decimal } from './mining-arithmetic.js';

interface StackRow {
  id: string;
  soFlag: boolean;
  originalPrice: number;
  volume: number;
}

interface RequestSummary {
  total: number;
  maxConcurrency: number;
  byStatus: Record<string, number>;
  /** How many came in each minute. */
  byMinute: Record<string, number>;
  /** How often each path was answered with each status, or cut off. */
  paths: Record<string, Record<string, number>>;
}

interface RegisterLine {
  elexonBmUnit: string | null;
  fuelType: string | null;
  leadPartyName: string | null;
}

/** Wind farms that the register, real and simulated, has without a fuel type: Goole Fields and Kirk Hill. */
const windFarmsWithoutType = ['E_GFLDW-1', 'E_KHLLW-1'];

/** The Elexon simulator, seen as the source that it stands for, and by its control routes. */
export class SimulatorControl {
  /** What ELEXON_BASE_URL takes. */
  readonly baseUrl: string;
  private readWindFarms: Promise<Map<string, RegisterLine>> | undefined;

  constructor(private readonly url: string) {
    this.baseUrl = `${url}/bmrs/api/v1`;
  }

  /** Adds a rule by which answers are spoilt, until `heal`. */
  async spoil(rule: Record<string, unknown>): Promise<void> {
    await this.post('faults', rule);
  }

  async heal(): Promise<void> {
    await this.send('faults', { method: 'DELETE' });
  }

  /** Has the source change its mind about a settled day. */
  async revise(settlementDate: string, changes: Record<string, unknown>[]): Promise<void> {
    await this.post('revisions', { settlementDate, changes });
  }

  /** Has the source publish anew what wind farms produced in a period. */
  async publishWind(publication: Record<string, unknown>): Promise<void> {
    await this.post('wind-revisions', publication);
  }

  /** What was asked for since `forgetRequests`. */
  async requests(): Promise<RequestSummary> {
    return (await (await this.send('requests')).json()) as RequestSummary;
  }

  /** How each period of a day was answered since `forgetRequests`, by its number. */
  async stackAnswers(settlementDate: string): Promise<Map<number, Record<string, number>>> {
    const { paths } = await this.requests();
    const ofDay = Object.entries(paths).filter(([path]) => path.includes(`/stack/all/bid/${settlementDate}/`));
    return new Map(ofDay.map(([path, answers]) => [Number(path.split('/').at(-1)), answers]));
  }

  async forgetRequests(): Promise<void> {
    await this.send('requests', { method: 'DELETE' });
  }

  /** Resolves once a rule has met a request. */
  async hasSpoilt(): Promise<void> {
    await eventually(async () => {
      const rules = (await (await this.send('faults')).json()) as { hits: number }[];
      if (rules.every(({ hits }) => hits === 0)) throw new Error('No rule has met a request yet');
    });
  }

  /** What of a day is curtailment by the rule of docs/rules.md, rule 3: SO-flagged bids of wind farms. */
  async curtailedRows(settlementDate: string, periods: number): Promise<CurtailedRow[]> {
    const windFarms = await this.windFarms();
    const rows: CurtailedRow[] = [];
    for (let settlementPeriod = 1; settlementPeriod <= periods; settlementPeriod += 1) {
      for (const row of await this.bids(settlementDate, settlementPeriod)) {
        const farm = windFarms.get(row.id);
        if (farm === undefined || !row.soFlag || row.volume >= 0) continue;
        const mwh = new Decimal(row.volume).times(-1);
        const { leadPartyName: leadParty } = farm;
        const gbpPerMwh = new Decimal(row.originalPrice);
        rows.push({ settlementDate, settlementPeriod, farmId: row.id, leadParty, mwh, gbpPerMwh });
      }
    }
    return rows;
  }

  /** Ids of all wind farms. */
  async farmIds(): Promise<string[]> {
    return [...(await this.windFarms()).keys()];
  }

  private async bids(settlementDate: string, settlementPeriod: number): Promise<StackRow[]> {
    const path = `/balancing/settlement/stack/all/bid/${settlementDate}/${settlementPeriod}`;
    const { data } = (await (await fetch(this.baseUrl + path)).json()) as { data: StackRow[] };
    return data;
  }

  /** The simulator's register does not change. */
  private windFarms(): Promise<Map<string, RegisterLine>> {
    return (this.readWindFarms ??= this.fetchWindFarms());
  }

  private async fetchWindFarms(): Promise<Map<string, RegisterLine>> {
    const lines = (await (await fetch(`${this.baseUrl}/reference/bmunits/all`)).json()) as RegisterLine[];
    const isWindFarm = ({ fuelType, elexonBmUnit }: RegisterLine) =>
      fuelType === 'WIND' || windFarmsWithoutType.includes(elexonBmUnit ?? '');
    return new Map(lines.filter(isWindFarm).map((line) => [line.elexonBmUnit ?? '', line]));
  }

  private post(path: string, body: unknown): Promise<Response> {
    return this.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  private async send(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${this.url}/simulator/${path}`, init);
    if (!response.ok) throw new Error(`/simulator/${path} answered ${response.status}: ${await response.text()}`);
    return response;
  }
}
