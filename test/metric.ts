import { type TestService } from '@app/testing';

/** What a service says of a gauge at /metrics, of the one line with these labels; undefined without such a line. */
export async function metricOf(
  service: Pick<TestService, 'url'>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const found = text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && wanted.every((label) => line.includes(label)));
  if (found.length > 1) throw new Error(`More than one line is meant: ${found.join('; ')}`);
  // Name, labels, value, and perhaps an instant.
  const value = found[0]?.slice(found[0].indexOf('} ') + 2).split(' ')[0];
  return value === undefined ? undefined : Number(value);
}
