import * as z from 'zod';
import { wholeNumber } from '../http/page.js';

const ms = z.number().meta({ description: 'Milliseconds', example: 1.25 });
const count = z.int().meta({ description: 'How many', example: 0 });

const risk = z
  .enum(['low', 'medium', 'high', 'critical'])
  .meta({ description: 'How much the work of the platform is in danger', example: 'low' });

const graded = {
  risk,
  findings: z
    .array(
      z.object({
        subject: z
          .enum(['database', 'nats', 'difficulty', 'source', 'clock'])
          .meta({ description: 'What it is about', example: 'database' }),
        risk,
        advice: z.string().meta({
          description: 'What is the matter, and what to do',
          example: '2 sessions wait for a lock; see pg_blocking_pids for who holds it.',
        }),
      }),
    )
    .meta({ description: 'Everything out of the ordinary; none when all is well' }),
};

const measured = z
  .object({
    database: z
      .object({
        connectMs: ms,
        simpleMs: ms,
        moderateMs: ms,
        complexMs: ms,
        connections: count,
        maxConnections: count,
        waiting: count,
        slowStatements: count,
        unpublished: count,
      })
      .nullable()
      .meta({ description: 'PostgreSQL; null: it cannot be reached' }),
    nats: z
      .object({ lag: count, deadLetters: count })
      .nullable()
      .meta({ description: 'Events not handled yet and given up; null: NATS cannot be reached' }),
    difficulty: z.object({ ms }).nullable().meta({ description: 'The difficulty table; null: it cannot be read' }),
    source: z
      .object({
        ms,
        clockSkewMs: z.number().nullable().meta({
          description: 'How far our clock is ahead of the source, to a second; null: not known',
          example: 400,
        }),
      })
      .nullable()
      .meta({ description: 'Elexon, asked at most once a minute; null: it cannot be reached' }),
  })
  .meta({ description: 'What was measured' });

const pool = z
  .object({ open: count, idle: count, waiting: count })
  .meta({ description: "The gateway's own connections: open, unused, and reads that wait for one" });

export const diagnostics = z
  .object({
    ...graded,
    measured,
    pool,
    asOfAt: z.iso.datetime().meta({ description: 'When this was measured', example: '2025-06-01T08:00:00.000Z' }),
  })
  .meta({ id: 'Diagnostics' });
export type ServedDiagnostics = z.infer<typeof diagnostics>;

export const diagnosticsTest = z
  .object({
    probes: z
      .array(
        z.object({
          name: z
            .enum(['connect', 'simple', 'moderate', 'complex', 'difficulty'])
            .meta({ description: 'What was tried', example: 'moderate' }),
          attempts: count,
          failed: count,
          minMs: ms.nullable().meta({
            description: 'Shortest time of those that succeeded, milliseconds; null: none did',
            example: 1.25,
          }),
          medianMs: ms
            .nullable()
            .meta({ description: 'Middle time of those that succeeded, milliseconds; null: none did', example: 1.25 }),
          maxMs: ms
            .nullable()
            .meta({ description: 'Longest time of those that succeeded, milliseconds; null: none did', example: 1.25 }),
        }),
      )
      .meta({ description: 'A connection, three kinds of queries and the difficulty table, each several times' }),
    ...graded,
  })
  .meta({ id: 'DiagnosticsTest' });
export type ServedDiagnosticsTest = z.infer<typeof diagnosticsTest>;

export const monitorQuery = z.strictObject({
  seconds: wholeNumber(1, 600).default(60).meta({
    type: 'integer',
    description: 'For how long, 1 to 600',
    default: 60,
    example: '60',
  }),
});
export type MonitorQuery = z.infer<typeof monitorQuery>;
