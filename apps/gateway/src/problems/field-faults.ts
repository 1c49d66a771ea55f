import { WindfallError } from '@app/domain';
import { type FaultParams } from '@app/contracts';
import * as z from 'zod';
import { type FieldFault, problemKinds } from './problem.js';

/**
 * What is wrong with a value from outside, as one error that names every field.
 *
 * Its code is that of the first malformed field, so that 400 goes before 422: an impossible value can only be told from a
 * possible one once the whole request is well formed.
 *
 * @param name of the value itself, where it is not an object of fields
 */
export function invalidRequest(error: z.ZodError, schema: z.ZodType, value: unknown, name = ''): WindfallError {
  const object = objectSchemaOf(schema, value);
  const found = error.issues.flatMap((issue) => faultsOf(issue, object, name));
  const first = found.find(({ code }) => problemKinds[code].status === 400) ?? found[0];
  const errors = found.map(({ fault }) => fault);
  const message = errors.map(({ field, detail }) => `${field}: ${detail}`).join(' ');
  return new WindfallError(first?.code ?? 'invalid-request', message, { details: { errors } });
}

interface FoundFault {
  code: WindfallError['code'];
  fault: FieldFault;
}

function faultsOf(issue: z.core.$ZodIssue, object: z.ZodObject | undefined, name: string): FoundFault[] {
  const code = 'invalid-request';
  const field = issue.path.join('.') || name;
  if (issue.code === 'unrecognized_keys') {
    const allowed = Object.keys(object?.shape ?? {}).join(', ') || 'none';
    return issue.keys.map((key) => ({ code, fault: { field: key, detail: 'There is no such field here.', allowed } }));
  }
  if (issue.code === 'custom') {
    const params = issue.params as FaultParams | undefined;
    const fault = { field, detail: issue.message, allowed: params?.allowed ?? hintOf(issue, object) };
    return [{ code: params?.code ?? code, fault }];
  }
  return [{ code, fault: { field, detail: detailOf(issue), allowed: allowedBy(issue) ?? hintOf(issue, object) } }];
}

function detailOf(issue: z.core.$ZodIssue): string {
  const missing = 'input' in issue && issue.input === undefined;
  if (missing) return 'It is missing.';
  return issue.message.endsWith('.') ? issue.message : `${issue.message}.`;
}

function allowedBy(issue: z.core.$ZodIssue): string | null {
  if (issue.code === 'invalid_value') return issue.values.join(', ');
  if (issue.code === 'invalid_union' && 'options' in issue) return issue.options?.join(', ') ?? null;
  if (issue.code === 'too_small') return `at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  return null;
}

/** What the field's description in the documentation says of it. */
function hintOf({ path }: z.core.$ZodIssue, object: z.ZodObject | undefined): string | null {
  const [field] = path;
  const schema = typeof field === 'string' ? (object?.shape[field] as z.ZodType | undefined) : undefined;
  const { example, description } = schema?.meta() ?? {};
  return typeof example === 'string' || typeof example === 'number' ? `such as ${example}` : (description ?? null);
}

/** The object that a value is checked against; of a union, the one of the value's kind. */
function objectSchemaOf(schema: z.ZodType, value: unknown): z.ZodObject | undefined {
  if (schema instanceof z.ZodObject) return schema;
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return undefined;
  const options = schema.options.filter((option) => option instanceof z.ZodObject);
  return options.find((option) => {
    const kind = option.shape[schema.def.discriminator] as z.ZodType | undefined;
    return kind?.safeParse((value as Record<string, unknown> | null)?.[schema.def.discriminator]).success;
  });
}
