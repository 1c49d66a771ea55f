import { createServer } from 'node:http';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';

/** The least that a service could be: connected to both stores, and answering on HTTP. A program of its own. */
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await Promise.all([client.connect(), connect({ servers: process.env.NATS_URL ?? '' })]);
createServer((_, response) => response.end('ready')).listen(Number(process.env.PORT), '127.0.0.1');
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
