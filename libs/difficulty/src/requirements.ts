import { type Retarget, RETARGET_BLOCKS, WindfallError } from '@app/domain';

/** @throws {WindfallError} `invalid-request` when no network could have such a retarget */
export function requirePossible(retarget: Retarget): void {
  const { height, fromUnix, difficulty } = retarget;
  if (!Number.isSafeInteger(height) || height <= 0 || height % RETARGET_BLOCKS !== 0) {
    throw refusal(retarget, 'height', `a retarget's height is a multiple of ${RETARGET_BLOCKS}`);
  }
  if (!Number.isSafeInteger(fromUnix) || fromUnix <= 0) {
    throw refusal(retarget, 'fromUnix', 'its time is a whole number of seconds since 1970');
  }
  // DynamoDB keeps 38 digits.
  if (!/^[1-9]\d{0,37}$/.test(difficulty)) {
    throw refusal(retarget, 'difficulty', 'a difficulty is a whole number above 0');
  }
}

/**
 * @param around the stored ones before, at and after its time
 * @throws {WindfallError} `invalid-request` when one of them says otherwise: heights and times grow together
 */
export function requireConsistent(retarget: Retarget, around: readonly Retarget[]): void {
  for (const known of around) {
    const earlier = known.fromUnix < retarget.fromUnix && known.height < retarget.height;
    const later = known.fromUnix > retarget.fromUnix && known.height > retarget.height;
    if (earlier || later) continue;
    const field = known.height === retarget.height ? 'fromUnix' : 'height';
    throw refusal(retarget, field, `the store has ${known.height} at ${instantOf(known)} with ${known.difficulty}`);
  }
}

export function sameRetarget(a: Retarget, b: Retarget): boolean {
  return a.height === b.height && a.fromUnix === b.fromUnix && a.difficulty === b.difficulty;
}

export function refusal(retarget: Retarget, field: keyof Retarget, reason: string): WindfallError {
  const { height, difficulty } = retarget;
  const message =
    `Retarget ${height} at ${instantOf(retarget)} with difficulty ${difficulty} is not added: ${reason}. ` +
    'Compare with a block explorer and correct what was given.';
  return new WindfallError('invalid-request', message, { details: { field, value: retarget[field] } });
}

function instantOf({ fromUnix }: Retarget): string {
  const date = new Date(fromUnix * 1000);
  return Number.isNaN(date.getTime()) ? String(fromUnix) : date.toISOString();
}
