// Writes openapi.json beside this file; run after a build: node docs/generate-openapi.js
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { describeGateway } from '../dist/apps/gateway/src/openapi/describe-gateway.js';

const document = await describeGateway();
writeFileSync(new URL('openapi.json', import.meta.url), JSON.stringify(document, null, 2) + '\n');
