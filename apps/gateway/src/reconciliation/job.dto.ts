import { job, jobItem, jobPlan, jobRequest, jobState, settlementDate } from '@app/contracts';
import * as z from 'zod';
import { format } from '../http/list.js';
import { cursorOf, limit } from '../http/page.js';

export { job, jobItem, jobPlan, jobRequest };

const kinds = jobRequest.options.map((option) => option.shape.kind.value);

export const jobParameter = z.object({
  id: z.uuid().meta({ description: 'Id of the job', example: '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20' }),
});

export const jobsQuery = z.strictObject({
  cursor: cursorOf(z.strictObject({ createdAt: z.iso.datetime().regex(/^2/), id: z.uuid() })),
  limit,
  state: jobState.optional().meta({ description: 'Only jobs in this state' }),
  kind: z
    .enum([...kinds, 'verify'])
    .optional()
    .meta({ description: 'Only jobs of this kind' }),
  format,
});
export type JobsQuery = z.infer<typeof jobsQuery>;

export const jobItemsQuery = z.strictObject({ cursor: cursorOf(settlementDate), limit, format });
export type JobItemsQuery = z.infer<typeof jobItemsQuery>;

export const submitQuery = z.strictObject({
  plan: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: tell what would be done, and do nothing', example: 'false' }),
});
export type SubmitQuery = z.infer<typeof submitQuery>;
