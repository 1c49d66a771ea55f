import { settlementPeriodsOf } from '@app/domain';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type * as z from 'zod';
import { instant } from '../stack/calculation-run.js';
import type { SettlementStack } from '../stack/settlement-stack.js';
import { NewFaultRule, type FaultBook } from './faults.js';
import type { RequestLog } from './request-log.js';
import { NewRevision, type Revisions } from './revisions.js';
import { NewWindRevision, type WindRevisions } from './wind-revisions.js';

export interface Controls {
  readonly faults: FaultBook;
  readonly revisions: Revisions;
  readonly windRevisions: WindRevisions;
  readonly requests: RequestLog;
  readonly stack: SettlementStack;
  readonly nowMs: () => number;
}

/** How tests make the simulator misbehave and see what was asked of it. No part of the real API. */
export function controlRoutes(app: FastifyInstance, controls: Controls): void {
  const { faults, revisions, windRevisions, requests, stack, nowMs } = controls;

  app.get('/simulator/faults', () => faults.list());
  app.post('/simulator/faults', (request, reply) => {
    const rule = read(NewFaultRule, request.body, reply);
    return rule === null ? reply : reply.code(201).send(faults.add(rule));
  });
  app.delete('/simulator/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });

  app.get('/simulator/requests', () => requests.summary());
  app.delete('/simulator/requests', (_request, reply) => {
    requests.reset();
    return reply.code(204).send();
  });

  app.get('/simulator/revisions', () => revisions.list());
  app.post('/simulator/revisions', (request, reply) => {
    const revision = read(NewRevision, request.body, reply);
    if (revision === null) return reply;
    const fault = whyImpossible(revision, stack, revisions);
    if (fault !== null) return reject(reply, [fault]);
    const createdDateTime = revision.createdDateTime ?? stampAfter(revision, stack, nowMs());
    return reply.code(201).send(revisions.add(revision, createdDateTime));
  });
  app.delete('/simulator/revisions', (_request, reply) => {
    revisions.clear();
    return reply.code(204).send();
  });

  app.get('/simulator/wind-revisions', () => windRevisions.list());
  app.post('/simulator/wind-revisions', (request, reply) => {
    const revision = read(NewWindRevision, request.body, reply);
    return revision === null ? reply : reply.code(201).send(windRevisions.add(revision));
  });
  app.delete('/simulator/wind-revisions', (_request, reply) => {
    windRevisions.clear();
    return reply.code(204).send();
  });
}

interface FieldFault {
  readonly field: string;
  readonly detail: string;
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown, reply: FastifyReply): z.infer<Schema> | null {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.') || 'body', detail: message }));
  reject(reply, faults);
  return null;
}

function reject(reply: FastifyReply, errors: readonly FieldFault[]): FastifyReply {
  return reply.code(400).send({ errors });
}

/** Why the revision cannot be made. One that would change nothing is a mistake in the test that asks for it. */
function whyImpossible(revision: NewRevision, stack: SettlementStack, revisions: Revisions): FieldFault | null {
  const { settlementDate } = revision;
  const lastPeriod = settlementPeriodsOf(settlementDate);
  for (const [index, change] of revision.changes.entries()) {
    const { settlementPeriod, side } = change;
    const at = `changes.${index}`;
    if (settlementPeriod > lastPeriod) {
      return { field: `${at}.settlementPeriod`, detail: `${settlementDate} has periods 1 to ${lastPeriod}` };
    }
    const present = stack.createdDateTimeOf(settlementDate, settlementPeriod);
    if (present === null) {
      return { field: `${at}.settlementPeriod`, detail: `period ${settlementPeriod} has not settled yet` };
    }
    if (revision.createdDateTime !== undefined && revision.createdDateTime <= present) {
      return {
        field: 'createdDateTime',
        detail: `period ${settlementPeriod} was calculated at ${present}; give a later one`,
      };
    }
    const before = stack.actionsOf(side, settlementDate, settlementPeriod);
    const after = revisions.applyChange(before, change);
    if (JSON.stringify(before) === JSON.stringify(after)) {
      return { field: at, detail: `changes none of the ${before.length} rows of the ${side} side` };
    }
  }
  return null;
}

/** Now, and in any case later than every version that the revision replaces. */
function stampAfter(revision: NewRevision, stack: SettlementStack, nowMs: number): string {
  const present = revision.changes.map(({ settlementPeriod }) =>
    Date.parse(stack.createdDateTimeOf(revision.settlementDate, settlementPeriod) ?? ''),
  );
  return instant(Math.max(nowMs, ...present.map((stamp) => stamp + 1_000)));
}
