import { auditActions, auditOutcomes } from '@app/domain';
import * as z from 'zod';
import { format } from '../http/list.js';
import { cursorOf, limit } from '../http/page.js';

const sequence = z.int().min(0);
const digest = z.string().nullable();
const instant = z.iso.datetime().regex(/^2/);

export const auditRow = z
  .object({
    sequence: sequence.meta({ description: 'Place in the log, from 1 without gaps', example: 42 }),
    at: z.iso.datetime().meta({ description: 'When', example: '2025-06-01T08:00:00.000Z' }),
    action: z.enum(auditActions).meta({ description: 'What', example: 'submit-job' }),
    requestedBy: z.string().meta({ description: 'Who: id of the operator key, or of the schedule', example: 'night' }),
    arguments: z.record(z.string(), z.unknown()).meta({
      description: 'With which arguments',
      example: { kind: 'date', date: '2025-05-26' },
    }),
    reason: z.string().nullable().meta({ description: 'Why, as given with the request', example: null }),
    planHash: z.string().nullable().meta({ description: 'Of the plan that it was to follow', example: null }),
    jobId: z
      .uuid()
      .nullable()
      .meta({ description: 'Job that it is about', example: '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20' }),
    outcome: z.enum(auditOutcomes).meta({
      description:
        'What came of it; unchanged: accepted, and there was nothing to do; the last three: how the job ended',
      example: 'accepted',
    }),
    cause: z
      .object({
        code: z.string().meta({ description: 'Of the closed list of error codes', example: 'date-held' }),
        detail: z.string().meta({ description: 'A sentence', example: '2025-05-26 is held by another job.' }),
      })
      .nullable()
      .meta({ description: 'Why it was refused or failed; null otherwise' }),
    beforeDigest: digest.meta({
      description: 'SHA-256 of what the dates of an ended job held before it',
      example: null,
    }),
    afterDigest: digest.meta({ description: 'The same after it: equal when it changed nothing', example: null }),
    previousHash: z.string().meta({ description: 'Hash of the row before', example: '0'.repeat(64) }),
    hash: z.string().meta({ description: 'SHA-256 of this row, the hash before included', example: 'a'.repeat(64) }),
  })
  .meta({ id: 'AuditRow' });

export const auditQuery = z.strictObject({
  requestedBy: z
    .string()
    .regex(/^[^\0]{1,200}$/, 'It must be the id of a key')
    .optional()
    .meta({ description: 'Only what this key did', example: 'night' }),
  action: z.enum(auditActions).optional().meta({ description: 'Only this action', example: 'submit-job' }),
  outcome: z.enum(auditOutcomes).optional().meta({ description: 'Only what ended so', example: 'refused' }),
  jobId: z
    .uuid()
    .optional()
    .meta({ description: 'Only what is about this job', example: '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20' }),
  since: instant.optional().meta({ description: 'From this instant on', example: '2025-06-01T00:00:00Z' }),
  until: instant.optional().meta({ description: 'Before this instant', example: '2025-06-02T00:00:00Z' }),
  cursor: cursorOf(z.int().min(1)),
  limit,
  format,
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditVerification = z
  .object({
    intact: z
      .boolean()
      .meta({ description: 'Whether every row is there, in order and as it was appended', example: true }),
    rows: sequence.meta({ description: 'Rows found sound, from the first on', example: 42 }),
    headSequence: sequence.meta({ description: 'Newest row, as noted apart from the log', example: 42 }),
    headHash: z.string().meta({
      description: 'Its hash: who keeps it elsewhere can tell later whether the log was rewritten as a whole',
      example: 'a'.repeat(64),
    }),
    break: z
      .object({
        sequence: sequence.meta({ description: 'Place of the first fault', example: 17 }),
        kind: z.enum(['altered', 'removed', 'cut', 'surplus']).meta({
          description: 'cut: rows are missing at the end; surplus: rows that nobody appended',
          example: 'altered',
        }),
        detail: z.string().meta({ description: 'A sentence', example: 'Row 17 is not what its hash was made of.' }),
      })
      .nullable()
      .meta({ id: 'AuditBreak', description: 'Where the chain is broken; null when it is intact' }),
    verifiedAt: z.iso.datetime().meta({ description: 'When this was found', example: '2025-06-01T08:00:00.000Z' }),
  })
  .meta({ id: 'AuditVerification' });
export type AuditVerificationResult = z.infer<typeof auditVerification>;
