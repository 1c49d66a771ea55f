/** What an endpoint has to say before a fault gets at it. */
export interface Answer {
  readonly status: number;
  /** JSON. */
  readonly body: Buffer;
}

/** The operations that are simulated. */
export const ENDPOINTS = [
  'stack',
  'bm-units',
  'wind-and-solar',
  'physical-notifications',
  'system-prices',
  'health',
] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** What a request asks for. */
export interface Target {
  readonly endpoint: Endpoint;
  readonly side?: 'bid' | 'offer';
  readonly settlementDate?: string;
  readonly settlementPeriod?: number;
  /** First and last date of a question about several. */
  readonly window?: { readonly from: string; readonly to: string };
}

export function ok(document: unknown): Answer {
  return { status: 200, body: Buffer.from(JSON.stringify(document)) };
}

/** Rows in the envelope of the "opinionated" endpoints (docs/data-sources.md 1). */
export function okRows(dataset: string, data: readonly unknown[]): Answer {
  return ok({ metadata: { datasets: [dataset] }, data });
}

/** Nobody has recorded an error body of the real service: clients must not read anything into this one. */
export function failed(status: 400 | 404, description: string): Answer {
  return { status, body: Buffer.from(JSON.stringify({ statusCode: status, message: description })) };
}
