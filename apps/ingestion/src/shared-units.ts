import { type WindUnits } from './wind-register.service.js';

/** Wind units in memory that threads share; the same number means the same units. */
export interface SharedUnits {
  readonly number: number;
  readonly json: Uint8Array<SharedArrayBuffer>;
}

/**
 * Lets threads have the wind units without a copy for each answer: there are some hundreds of them, the same for all periods of a
 * day and mostly for all days, and copying them took a fifth as long as parsing the answers.
 */
export class UnitSharing {
  private readonly known = new WeakMap<WindUnits, SharedUnits>();
  private newest: { text: string; shared: SharedUnits } | undefined;

  share(windUnits: WindUnits): SharedUnits {
    const known = this.known.get(windUnits);
    if (known !== undefined) return known;
    const text = JSON.stringify([...windUnits]);
    if (this.newest?.text !== text) this.newest = { text, shared: inMemory(text, this.nextNumber()) };
    this.known.set(windUnits, this.newest.shared);
    return this.newest.shared;
  }

  private nextNumber(): number {
    return (this.newest?.shared.number ?? 0) + 1;
  }
}

/** A thread's own copy, made when it sees units for the first time. */
export class ReceivedUnits {
  private number = 0;
  private units: WindUnits = new Map();

  unitsOf({ number, json }: SharedUnits): WindUnits {
    if (number !== this.number) {
      this.units = new Map(
        JSON.parse(Buffer.from(json.buffer).toString()) as [string, { farmId: string; leadParty: string | null }][],
      );
      this.number = number;
    }
    return this.units;
  }
}

function inMemory(text: string, number: number): SharedUnits {
  const bytes = new TextEncoder().encode(text);
  const json = new Uint8Array(new SharedArrayBuffer(bytes.length));
  json.set(bytes);
  return { number, json };
}
