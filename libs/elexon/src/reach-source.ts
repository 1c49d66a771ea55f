const PATIENCE_MS = 5_000;

export interface SourceReach {
  /** What its clock said, ISO 8601; null when it did not say. */
  saidAt: string | null;
}

/**
 * One request to the source, for its headers only: any answer shows that it can be reached.
 *
 * @param baseUrl as `ELEXON_BASE_URL`
 * @throws when there is no answer within five seconds
 */
export async function reachSource(baseUrl: string): Promise<SourceReach> {
  const response = await fetch(`${baseUrl.replace(/\/$/, '')}/reference/bmunits/all`, {
    method: 'HEAD',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const date = Date.parse(response.headers.get('date') ?? '');
  return { saidAt: Number.isNaN(date) ? null : new Date(date).toISOString() };
}
