/** An answer is no JSON, or its end is missing: a proxy's page or a cut connection, so another attempt may bring the whole. */
export class NotJson extends Error {}

/** @throws {NotJson} saying what the bytes are instead */
export function parseJson(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const beginning = text.slice(0, 40).replaceAll(/\s+/g, ' ').trim();
    const message = /^[[{]/.test(beginning)
      ? 'the JSON is broken or cut off'
      : `the answer is not JSON, it begins ${JSON.stringify(beginning)}`;
    throw new NotJson(message, { cause });
  }
}
