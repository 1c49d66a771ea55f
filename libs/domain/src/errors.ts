/**
 * Every code, with whether the very same attempt may succeed later. The keys are the closed list: a code that is not
 * here does not compile, nor does a gateway that forgot to map one.
 */
const RETRYABLE = {
  'malformed-settlement-date': false,
  'impossible-settlement-date': false,
  'malformed-periods': false,
  'impossible-period': false,
  'conflicting-rows': false,
  'missing-price': false,
  'missing-flag': false,
  'source-unavailable': true,
  'source-rejected': false,
  'source-malformed': true,
  'source-too-large': false,
  'difficulty-missing': false,
  'not-configured': false,
  superseded: true,
  'unknown-farm': false,
  'unknown-miner-model': false,
  'unknown-lead-party': false,
  'unknown-job': false,
  'unknown-report': false,
  'date-held': true,
  'idempotency-conflict': false,
  'plan-outdated': false,
  'not-authenticated': false,
  'not-permitted': false,
  'rate-limited': true,
  'invalid-request': false,
  unavailable: true,
} as const satisfies Record<string, boolean>;

/** What went wrong, in one word that programs may rely on. `superseded` means that a newer fetch or revision won. */
export type ErrorCode = keyof typeof RETRYABLE;

/** Facts for a machine beside the sentence, such as `settlementDate`, `settlementPeriod`, `farmId` or `allowed`. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The one error of Windfall's own making. Its message is a sentence that names the day, period or farm concerned and
 * says what to do next; anything else that is thrown is a fault in the program.
 */
export class WindfallError extends Error {
  override readonly name = 'WindfallError';
  /** Whether the very same attempt may succeed later. */
  readonly retryable: boolean;
  readonly details: ErrorDetails | undefined;

  /**
   * @param code    one of the closed list
   * @param message a sentence: what is wrong with which day, period or farm, and what to do next
   * @param options `cause`, the error beneath, and `details` for a machine
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: ErrorDetails } = {},
  ) {
    super(message, options);
    this.retryable = RETRYABLE[code];
    this.details = options.details;
  }
}
