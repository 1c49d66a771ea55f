// Writes openapi.json beside this file and the types of the command line's client; run after a build:
// node docs/generate-openapi.js
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { describeApi } from '../dist/apps/cli/src/gateway/describe-api.js';
import { describeGateway } from '../dist/apps/gateway/src/openapi/describe-gateway.js';

const write = (path, text) => writeFileSync(new URL(path, import.meta.url), text);

const document = await describeGateway();
const json = JSON.stringify(document, null, 2);
write('openapi.json', `${json}\n`);
// As it is served: without what JSON leaves out.
write('../apps/cli/src/gateway/api.ts', await describeApi(JSON.parse(json)));
