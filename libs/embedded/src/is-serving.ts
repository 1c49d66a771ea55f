const PATIENCE_MS = 2_000;

/** Whether an address is answered, and with success. */
export function isServing(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    (response) => response.ok,
    () => false,
  );
}
