import { type ErrorCode, WindfallError } from '@app/domain';

/** One question to the API: its path below the base address, and how a sentence names it. */
export interface Asked {
  readonly path: string;
  /** One of a few names, such as 'settlement stack (bid)'. */
  readonly endpoint: string;
  /** Where more than one day is asked for. */
  readonly window?: string;
  readonly settlementDate?: string;
  readonly settlementPeriod?: number;
}

export type SourceErrorCode = Extract<ErrorCode, `source-${string}`>;

const NEXT: Record<SourceErrorCode, string> = {
  'source-unavailable': 'Ask again later.',
  'source-rejected': 'Check ELEXON_BASE_URL and what was asked for.',
  'source-malformed': 'Ask again later; if it stays so, the API has changed and libs/elexon has to follow.',
  'source-too-large': 'Check ELEXON_BASE_URL; if the address is right, raise the limit in libs/elexon.',
};

/** The API did not answer, or not with what it promises. Nothing of such an answer is ever used. */
export class SourceError extends WindfallError {
  /**
   * @param detail  what is wrong, without naming day or period, such as 'HTTP 500, 5 attempts': the same for all that
   *                failed alike
   * @param options `cause`, the error beneath, and `field`, the path of the value at fault, such as 'data[3].volume'
   */
  constructor(
    code: SourceErrorCode,
    asked: Asked,
    readonly detail: string,
    options: { cause?: unknown; field?: string } = {},
  ) {
    const { path: _, ...details } = asked;
    super(code, `Elexon, ${nameOf(asked)}: ${detail}. ${NEXT[code]}`, {
      cause: options.cause,
      details: options.field === undefined ? details : { ...details, field: options.field },
    });
  }
}

function nameOf({ endpoint, window, settlementDate, settlementPeriod }: Asked): string {
  if (window !== undefined) return `${endpoint}, ${window}`;
  const day = settlementDate === undefined ? '' : ` of ${settlementDate}`;
  return `${endpoint}${day}${settlementPeriod === undefined ? '' : ` period ${settlementPeriod}`}`;
}
