import {
  type ErrorCode,
  isSettlementDate,
  parseSettlementDate,
  settlementDatesBetween,
  WindfallError,
} from '@app/domain';
import * as z from 'zod';

/** Beside a fault found by the domain: its code, so that the impossible can be told from the malformed, and what is allowed. */
export interface FaultParams {
  code: ErrorCode;
  allowed: string | undefined;
}

/** A settlement date as callers give it: malformed and impossible ones fail with the domain's own sentence. */
export const settlementDate = z
  .string()
  .superRefine((text, context) => {
    addFaultsOf(() => parseSettlementDate(text), context);
  })
  .meta({ format: 'date', description: 'Settlement date, a day in Great Britain', example: '2025-05-26' });

/** A range of dates longer than this is asked for in parts. */
export const MAX_RANGE_DAYS = 366;

/** Refinement of an object with a first and a last settlement date: in order, and not too far apart. */
export function checkRange({ from, to }: { from: string; to: string }, context: z.RefinementCtx): void {
  if (!isSettlementDate(from) || !isSettlementDate(to)) return;
  addFaultsOf(() => requireBounded(settlementDatesBetween(from, to)), context, ['to']);
}

function requireBounded(dates: readonly string[]): void {
  if (dates.length <= MAX_RANGE_DAYS) return;
  const message = `A range may have ${MAX_RANGE_DAYS} days and this one has ${dates.length}; ask for it in parts.`;
  throw new WindfallError('invalid-request', message, { details: { allowed: `at most ${MAX_RANGE_DAYS} days` } });
}

/** Runs a check of the domain and reports what it throws as a fault of the value that is being parsed. */
export function addFaultsOf(check: () => unknown, context: z.RefinementCtx, path: string[] = []): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof WindfallError)) throw error;
    const allowed = error.details?.allowed;
    const params: FaultParams = { code: error.code, allowed: typeof allowed === 'string' ? allowed : undefined };
    context.addIssue({ code: 'custom', path, message: error.message, params: { ...params } });
  }
}
