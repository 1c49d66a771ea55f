import * as z from 'zod';
import { allEvents } from './all-events.js';

/**
 * The published description of every event.
 *
 * @returns file name to content: one JSON Schema per event and version, and one AsyncAPI 3 document over all of them
 */
export function describeEvents(): Map<string, unknown> {
  const files = new Map<string, unknown>();
  for (const contract of allEvents) {
    files.set(schemaFile(contract.channel), {
      // What may be sent: a consumer tolerates fields it does not know, so the schema does not forbid them.
      ...z.toJSONSchema(contract.envelope, { io: 'input' }),
      title: contract.channel,
      description: contract.summary,
      examples: [contract.example],
    });
  }
  files.set('asyncapi.json', asyncApi());
  return files;
}

function asyncApi(): unknown {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Windfall events',
      version: '1.0.0',
      description:
        'CloudEvents over NATS JetStream. An event says that a settlement day is worth another look; the rows are in Postgres. ' +
        'Delivery is at least once and in no order: compare revisions.',
    },
    defaultContentType: 'application/cloudevents+json',
    servers: { nats: { host: 'nats:4222', protocol: 'nats' } },
    channels: entries((contract) => ({
      address: contract.channel,
      messages: { event: { $ref: `#/components/messages/${contract.channel}` } },
    })),
    operations: entries((contract) => ({
      action: 'send',
      summary: contract.summary,
      channel: { $ref: `#/channels/${contract.channel}` },
      tags: [{ name: contract.kind }],
    })),
    components: {
      messages: entries((contract) => ({
        name: contract.channel,
        summary: contract.summary,
        payload: { $ref: `./${schemaFile(contract.channel)}` },
        examples: [{ payload: contract.example }],
      })),
    },
  };
}

function schemaFile(channel: string): string {
  return `${channel}.schema.json`;
}

function entries(describe: (contract: (typeof allEvents)[number]) => unknown): Record<string, unknown> {
  return Object.fromEntries(allEvents.map((contract) => [contract.channel, describe(contract)]));
}
