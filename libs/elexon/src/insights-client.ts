import { metrics } from '@opentelemetry/api';
import { type BmUnit, dayBoundsAt, type WindOutput } from '@app/domain';
import { answerRows, type Envelope } from './answer-rows.js';
import { JsonSource, type JsonSourceOptions } from './json-source.js';
import { parseJson } from './parse-json.js';
import { NOTIFICATION_FIELDS, type PhysicalNotification, physicalNotifications } from './physical-notifications.js';
import { registerUnits, UNIT_FIELDS } from './register-units.js';
import { type RequestAllowance } from './request-budget.js';
import { type Asked, SourceError } from './source-error.js';
import { SYSTEM_PRICE_FIELDS, type SystemPrice, systemPrices } from './system-prices.js';
import { type FieldCounts, unknownFieldsOf } from './unknown-fields.js';
import { WIND_AND_SOLAR_FIELDS, windOutputs } from './wind-output.js';

/**
 * Rows, or in which of two ways there are none: 200 with an empty list, or 404. Both mean "no rows", but a 404 may also
 * be a wrong address, so they are kept apart.
 */
export interface Answer<Row> {
  readonly rows: Row[];
  readonly answer: 'rows' | 'empty' | 'not-found';
}

/** So many days of wind output at once: the API takes 7, and the week of the autumn clock change is an hour longer than that. */
export const WIND_WINDOW_DAYS = 6;

/**
 * Elexon's Insights API, as far as Windfall needs it. Every row of every answer is checked; an answer that is not what the
 * API promises fails as a whole with a `SourceError` and never counts as empty.
 */
export class InsightsClient {
  private readonly source: JsonSource;
  private readonly unknownFields = new Set<string>();
  private readonly unknownFieldRows = metrics.getMeter('windfall').createCounter('windfall_elexon_unknown_field_rows', {
    description: 'Rows from Elexon with a field that is not known, by endpoint and field',
  });

  /** @param onUnknownField told once of each field that the API sends and this client does not know */
  constructor(
    options: JsonSourceOptions,
    private readonly onUnknownField: (endpoint: string, field: string) => void = () => undefined,
  ) {
    this.source = new JsonSource(options);
  }

  /**
   * One side of the settlement stack of a period.
   *
   * @param read makes of the answer what the caller needs, by `readStack`; where, is the caller's choice: a busy day's answers
   *   take a thread 200 ms
   * @param allowance of the work that this is part of; once it is used up the request fails with `source-unavailable`
   * @returns null when the API answers 404
   */
  async stack<Reading extends { readonly unknownFields: FieldCounts }>(
    settlementDate: string,
    settlementPeriod: number,
    read: (asked: Asked, body: Uint8Array<ArrayBuffer>) => Reading | Promise<Reading>,
    { side = 'bid', allowance }: { side?: 'bid' | 'offer'; allowance?: RequestAllowance | undefined } = {},
  ): Promise<Reading | null> {
    const path = `/balancing/settlement/stack/all/${side}/${settlementDate}/${settlementPeriod}`;
    const asked = { path, endpoint: `settlement stack (${side})`, settlementDate, settlementPeriod };
    const answer = await this.source.get(asked, (body) => read(asked, body), allowance);
    if (!answer.found) return null;
    this.countUnknown(asked, answer.body.unknownFields);
    return answer.body;
  }

  /** The present register, each live BM unit once. */
  async units(): Promise<BmUnit[]> {
    const asked = { path: '/reference/bmunits/all', endpoint: 'unit register' };
    const { rows, answer } = await this.ask(asked, 'bare', UNIT_FIELDS, registerUnits);
    if (answer === 'not-found') throw new SourceError('source-rejected', asked, 'HTTP 404');
    return rows;
  }

  /** Mean output of all wind farms per period and kind, for both dates and those between: at most `WIND_WINDOW_DAYS`. */
  async windAndSolar(from: string, to: string): Promise<Answer<WindOutput>> {
    const query = `from=${dayBoundsAt(from).startAt}&to=${dayBoundsAt(to).endAt}`;
    const asked = {
      path: `/generation/actual/per-type/wind-and-solar?${query}`,
      endpoint: 'wind and solar output',
      window: `${from} to ${to}`,
    };
    return await this.ask(asked, 'data', WIND_AND_SOLAR_FIELDS, (_, rows) => windOutputs(asked, rows, from, to));
  }

  /** Planned output of all units, or of one, in a period. */
  async physicalNotifications(
    settlementDate: string,
    settlementPeriod: number,
    farmId?: string,
  ): Promise<Answer<PhysicalNotification>> {
    const unit = farmId === undefined ? '' : `&bmUnit=${encodeURIComponent(farmId)}`;
    const query = `dataset=PN&settlementDate=${settlementDate}&settlementPeriod=${settlementPeriod}${unit}`;
    const path = `/balancing/physical/all?${query}`;
    const asked = { path, endpoint: 'physical notifications', settlementDate, settlementPeriod };
    return await this.ask(asked, 'data', NOTIFICATION_FIELDS, physicalNotifications);
  }

  /** System prices of all periods of a day. */
  async systemPrices(settlementDate: string): Promise<Answer<SystemPrice>> {
    const path = `/balancing/settlement/system-prices/${settlementDate}`;
    const asked = { path, endpoint: 'system prices', settlementDate };
    return await this.ask(asked, 'data', SYSTEM_PRICE_FIELDS, systemPrices);
  }

  /** Breaks off what is under way. */
  async close(): Promise<void> {
    await this.source.close();
  }

  private async ask<Row>(
    asked: Asked,
    envelope: Envelope,
    known: ReadonlySet<string>,
    check: (asked: Asked, rows: unknown[]) => Row[],
  ): Promise<Answer<Row>> {
    const received = await this.source.get(asked, parseJson);
    if (!received.found) return { rows: [], answer: 'not-found' };
    const unchecked = answerRows(asked, received.body, envelope);
    const rows = check(asked, unchecked);
    this.countUnknown(asked, unknownFieldsOf(known, unchecked));
    return { rows, answer: rows.length === 0 ? 'empty' : 'rows' };
  }

  private countUnknown({ endpoint }: Asked, counts: FieldCounts): void {
    for (const [field, rows] of counts) {
      this.unknownFieldRows.add(rows, { endpoint, field });
      const name = `${endpoint} ${field}`;
      if (!this.unknownFields.has(name)) this.onUnknownField(endpoint, field);
      this.unknownFields.add(name);
    }
  }
}
