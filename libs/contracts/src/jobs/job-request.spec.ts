import { describe, expect, it } from '@jest/globals';
import { jobRequest } from './job-request.js';

/** Field and domain code of each fault, 'ok' when there is none. */
function faultsOf(request: unknown): 'ok' | [string, unknown][] {
  const { success, error } = jobRequest.safeParse(request);
  if (success) return 'ok';
  return error.issues.map((issue) => [issue.path.join('.'), issue.code === 'custom' ? issue.params?.code : issue.code]);
}

describe('a job request', () => {
  it.each([
    { kind: 'ingest', date: '2025-03-30' },
    { kind: 'ingest', date: '2025-03-30', periods: '1-46', reason: 'looks odd', onConflict: 'queue' },
    { kind: 'date', date: '2025-05-26' },
    { kind: 'range', from: '2024-01-01', to: '2024-12-31', batchSize: 31 },
  ])('takes %j', (request) => {
    expect(faultsOf(request)).toBe('ok');
  });

  it.each([
    [{ kind: 'explode', date: '2025-05-26' }, [['kind', 'invalid_union']]],
    [{ date: '2025-05-26' }, [['kind', 'invalid_union']]],
    [{ kind: 'date' }, [['date', 'invalid_type']]],
    [{ kind: 'date', date: '26/05/2025' }, [['date', 'malformed-settlement-date']]],
    [{ kind: 'date', date: '2025-02-30' }, [['date', 'impossible-settlement-date']]],
    [{ kind: 'date', date: '2025-05-26', periods: '1-2' }, [['', 'unrecognized_keys']]],
    [{ kind: 'ingest', date: '2025-03-30', periods: '47' }, [['periods', 'impossible-period']]],
    [{ kind: 'ingest', date: '2025-03-30', periods: 'all' }, [['periods', 'malformed-periods']]],
    [{ kind: 'range', from: '2025-05-26', to: '2025-05-25' }, [['to', 'invalid-request']]],
    [{ kind: 'range', from: '2024-01-01', to: '2025-01-01' }, [['to', 'invalid-request']]],
    [{ kind: 'range', from: '2025-05-25', to: '2025-05-26', batchSize: 32 }, [['batchSize', 'too_big']]],
    [{ kind: 'range', from: '2025-05-25', to: '2025-05-26', batchSize: 1.5 }, [['batchSize', 'invalid_type']]],
  ])('refuses %j', (request, faults) => {
    expect(faultsOf(request)).toEqual(faults);
  });
});
