import { type ErrorCode } from '@app/domain';
import { dateHolder } from '@app/contracts';
import * as z from 'zod';

/** What can go wrong before a request reaches the domain. */
type RequestCode =
  | 'unknown-route'
  | 'method-not-allowed'
  | 'malformed-request'
  | 'unsupported-media-type'
  | 'request-too-large'
  | 'internal-error';

export type ProblemCode = ErrorCode | RequestCode;

/** The HTTP status and title of every code there is; one that is not here does not compile. */
export const problemKinds: Readonly<Record<ProblemCode, { status: number; title: string }>> = {
  'malformed-settlement-date': { status: 400, title: 'Malformed date' },
  'impossible-settlement-date': { status: 422, title: 'Impossible date' },
  'malformed-periods': { status: 400, title: 'Malformed settlement periods' },
  'impossible-period': { status: 422, title: 'Impossible settlement period' },
  'conflicting-rows': { status: 502, title: 'Conflicting rows at the source' },
  'missing-price': { status: 502, title: 'Missing price at the source' },
  'missing-flag': { status: 502, title: 'Missing SO-flag at the source' },
  'source-unavailable': { status: 502, title: 'Source unavailable' },
  'source-rejected': { status: 502, title: 'Rejected by the source' },
  'source-malformed': { status: 502, title: 'Malformed answer of the source' },
  'source-too-large': { status: 502, title: 'Answer of the source too large' },
  'difficulty-missing': { status: 409, title: 'Missing difficulty' },
  'not-configured': { status: 501, title: 'Not configured' },
  superseded: { status: 409, title: 'Superseded' },
  'unknown-farm': { status: 404, title: 'Unknown farm' },
  'unknown-miner-model': { status: 404, title: 'Unknown miner model' },
  'unknown-lead-party': { status: 404, title: 'Unknown lead party' },
  'unknown-job': { status: 404, title: 'Unknown job' },
  'unknown-report': { status: 404, title: 'Unknown verification report' },
  'date-held': { status: 409, title: 'Date held by another job' },
  'idempotency-conflict': { status: 422, title: 'Idempotency key used for another request' },
  'plan-outdated': { status: 409, title: 'The world has moved since the plan' },
  'not-authenticated': { status: 401, title: 'Not authenticated' },
  'not-permitted': { status: 403, title: 'Not permitted' },
  'rate-limited': { status: 429, title: 'Too many writes' },
  'invalid-request': { status: 400, title: 'Invalid request' },
  unavailable: { status: 503, title: 'Unavailable for now' },
  'unknown-route': { status: 404, title: 'Unknown route' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'malformed-request': { status: 400, title: 'Malformed request' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'request-too-large': { status: 413, title: 'Request too large' },
  'internal-error': { status: 500, title: 'Internal error' },
};

/** One fault of one field of a request. */
export const fieldFault = z
  .object({
    field: z.string().meta({ description: 'Name of the field, dotted where nested', example: 'date' }),
    detail: z.string().meta({ description: 'What is wrong with it', example: '"26/05/2025" is not a settlement date' }),
    allowed: z.string().nullable().meta({ description: 'What it may be', example: 'YYYY-MM-DD' }),
  })
  .meta({ id: 'FieldFault' });
export type FieldFault = z.infer<typeof fieldFault>;

/** What came to a date since a plan was made. */
const plannedDateMoved = z
  .object({
    settlementDate: z.iso.date().meta({ description: 'Settlement date', example: '2025-05-26' }),
    what: z
      .enum(['ingested', 'calculated', 'summarised'])
      .meta({ description: 'What was done last to it', example: 'ingested' }),
    at: z.iso.datetime().meta({ description: 'When', example: '2025-06-01T08:00:00.100Z' }),
  })
  .meta({ id: 'PlannedDateMoved' });

/** Problem details (RFC 9457), the body of every answer that is not a success. */
export const problem = z
  .object({
    type: z.string().meta({ description: 'Names the kind of problem', example: 'urn:windfall:problem:unknown-farm' }),
    title: z.string().meta({ description: 'The kind in words', example: 'Unknown farm' }),
    status: z.int().meta({ description: 'HTTP status', example: 404 }),
    detail: z.string().meta({ description: 'What happened', example: 'No BM unit T_NOSUCH-1 is in the register.' }),
    instance: z.string().meta({ description: 'Path that was asked for', example: '/api/farms/T_NOSUCH-1' }),
    code: z.string().meta({ description: 'The kind, for programs; of a closed list', example: 'unknown-farm' }),
    requestId: z.string().meta({ description: 'In the logs', example: '0b7c1a52-2f0a-4c55-9a51-3b1c1b4f9d10' }),
    errors: z.array(fieldFault).optional().meta({ description: 'Fault of each field, where the request has any' }),
    holder: dateHolder.optional().meta({ description: 'With 409 `date-held`: who holds the date' }),
    changes: z.array(plannedDateMoved).optional().meta({
      description: 'With 409 `plan-outdated`: up to ten dates that were worked on since the plan, newest first',
    }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
