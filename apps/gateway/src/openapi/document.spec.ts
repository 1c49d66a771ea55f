import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenAPIObject } from '@nestjs/swagger';
import { describeGateway } from './describe-gateway.js';

const published = new URL('../../../../docs/openapi.json', import.meta.url);

interface Node {
  properties?: Record<string, { description?: unknown; $ref?: unknown }>;
}

describe('docs/openapi.json', () => {
  let document: OpenAPIObject;
  beforeAll(async () => {
    // As it is served: without what JSON leaves out.
    document = JSON.parse(JSON.stringify(await describeGateway())) as OpenAPIObject;
  });

  it('is what the routes say; if not, run node docs/generate-openapi.js after a build', () => {
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(document);
  });

  it('refers only to parts that exist', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, reference = '']) => reference,
    );
    const names = Object.keys(document.components?.schemas ?? {}).map((name) => `#/components/schemas/${name}`);
    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((reference) => !names.includes(reference))).toEqual([]);
  });

  it('describes every field and parameter', () => {
    const undescribed: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [name, field] of Object.entries((node as Node).properties ?? {})) {
        if (field.description === undefined && field.$ref === undefined && name !== 'kind') {
          undescribed.push(`${path}.${name}`);
        }
      }
      for (const [key, child] of Object.entries(node)) {
        if (key !== 'example' && key !== 'examples') walk(child, `${path}.${key}`);
      }
    };
    walk(document.components?.schemas, 'schemas');
    for (const [path, item] of Object.entries(document.paths)) {
      for (const operation of [item.get, item.post]) {
        for (const parameter of operation?.parameters ?? []) {
          if (!('name' in parameter) || parameter.description === undefined) {
            undescribed.push(`${path} ${JSON.stringify(parameter)}`);
          }
        }
      }
    }
    expect(undescribed).toEqual([]);
  });

  it('asks for a key where something is written, and nowhere else', () => {
    const secured = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => [
        `${method} ${path}`,
        (operation as { security?: unknown }).security !== undefined,
      ]),
    );
    expect(secured.filter(([name, needsKey]) => String(name).startsWith('get') === needsKey)).toEqual([]);
  });

  it('takes an Idempotency-Key wherever something is written', () => {
    const writes = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => method !== 'get')
        .map(([method, operation]) => ({
          route: `${method} ${path}`,
          parameters: (operation as { parameters?: { in?: string; name?: string }[] }).parameters ?? [],
        })),
    );
    const takesKey = ({ parameters }: (typeof writes)[number]) =>
      parameters.some((parameter) => parameter.in === 'header' && parameter.name === 'Idempotency-Key');
    expect(writes.length).toBeGreaterThan(4);
    expect(writes.filter((write) => !takesKey(write)).map(({ route }) => route)).toEqual([]);
  });
});
