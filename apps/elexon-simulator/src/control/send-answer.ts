import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Answer } from '../endpoints/answer.js';
import type { Fault } from './faults.js';
import { isRowFault, spoilRows } from './spoil-rows.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const PADDING = Buffer.alloc(64 * 1024, ' ');

/** Sends the answer, or what a fault makes of it. */
export function sendAnswer(
  reply: FastifyReply,
  answer: Answer,
  fault: Fault | null,
  windIds: ReadonlySet<string>,
): FastifyReply {
  if (fault === null) return send(reply, answer);
  if (isRowFault(fault)) return send(reply, spoilRows(answer, fault, windIds));
  switch (fault.kind) {
    case 'status':
      if (fault.retryAfter !== undefined) void reply.header('retry-after', retryAfterText(fault.retryAfter));
      return send(reply, { status: fault.status, body: Buffer.from('{"message":"simulated fault"}') });
    case 'missing-period':
      return send(reply, fault.as === '404' ? notFound : emptied(answer));
    case 'html':
      return reply.code(200).type('text/html').send('<!DOCTYPE html><html><body>Scheduled maintenance</body></html>');
    case 'truncated':
      return send(reply, { ...answer, body: answer.body.subarray(0, answer.body.length / 2) });
    case 'oversized':
      // Chunked, so that no content-length warns the client; white space, so that only its size is wrong.
      return reply
        .code(200)
        .type(JSON_TYPE)
        .send(Readable.from(padded(answer.body, fault.bytes)));
    case 'reset':
      reply.hijack();
      writeHalf(reply.raw, answer, () => reply.raw.socket?.resetAndDestroy());
      return reply;
    case 'stall':
      // Nothing more is ever sent: the connection stays until the client gives up or the simulator ends.
      reply.hijack();
      if (fault.after === 'headers') writeHeaders(reply.raw, answer).flushHeaders();
      if (fault.after === 'half') writeHalf(reply.raw, answer);
      return reply;
  }
}

const notFound: Answer = { status: 404, body: Buffer.from('{"message":"simulated fault"}') };

function send(reply: FastifyReply, { status, body }: Answer): FastifyReply {
  return reply.code(status).type(JSON_TYPE).send(body);
}

function emptied(answer: Answer): Answer {
  const document = JSON.parse(answer.body.toString()) as unknown;
  const empty = Array.isArray(document) ? [] : { ...(document as object), data: [] };
  return { status: 200, body: Buffer.from(JSON.stringify(empty)) };
}

function retryAfterText(retryAfter: { seconds: number } | { dateInSeconds: number }): string {
  if ('seconds' in retryAfter) return String(retryAfter.seconds);
  return new Date(Date.now() + retryAfter.dateInSeconds * 1000).toUTCString();
}

function* padded(body: Buffer, bytes: number): Generator<Buffer> {
  yield body;
  for (let left = bytes; left > 0; left -= PADDING.length) yield PADDING.subarray(0, Math.min(left, PADDING.length));
}

function writeHeaders(raw: ServerResponse, answer: Answer): ServerResponse {
  return raw.writeHead(answer.status, { 'content-type': JSON_TYPE, 'content-length': answer.body.length });
}

function writeHalf(raw: ServerResponse, answer: Answer, then?: () => void): void {
  writeHeaders(raw, answer).write(answer.body.subarray(0, answer.body.length / 2), then);
}
