/** Tells the present, ISO 8601; replaced where a test is about a day that is not over. */
export type Clock = () => string;

/** Injection token of the clock. */
export const CLOCK = Symbol('CLOCK');

export const systemClock: Clock = () => new Date().toISOString();
