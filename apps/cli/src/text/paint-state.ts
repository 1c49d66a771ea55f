import type { Paint } from './paint.js';

const good = new Set(['completed', 'complete', 'same', 'accepted', 'low']);
const bad = new Set(['failed', 'blocked', 'partial', 'absent', 'differs', 'refused', 'high', 'critical']);

/** Green where all is well, red where something is to be done, yellow where it is not decided. */
export function paintState(state: string, paint: Paint): string {
  if (good.has(state)) return paint('green', state);
  return paint(bad.has(state) ? 'red' : 'yellow', state);
}
