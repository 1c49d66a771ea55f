import type { SentAnswer } from './period-reader.js';
import { readPeriod, type ThreadReading } from './read-period.js';
import { ReceivedUnits } from './shared-units.js';

const received = new ReceivedUnits();

/** What a thread of the pool runs. */
export default function read({ windUnits, ...answer }: SentAnswer): ThreadReading {
  return readPeriod({ ...answer, windUnits: received.unitsOf(windUnits) });
}
