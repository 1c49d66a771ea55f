import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

/**
 * The types of all routes as TypeScript source, which is kept in `api.ts`.
 *
 * @param document the gateway's OpenAPI document
 */
export async function describeApi(document: object): Promise<string> {
  const types = astToString(await openapiTS(document as OpenAPI3));
  return `// Written by docs/generate-openapi.js from docs/openapi.json; not edited by hand.\n\n${types}`;
}
