import { curtailmentRecordRows } from '@app/database';
import { contentHash, type CurtailmentRecord, selectCurtailed, type StackRow, WindfallError } from '@app/domain';
import { type Asked, type FieldCounts, NotJson, readStack, SourceError } from '@app/elexon';
import { type WindUnits } from './wind-register.service.js';

/** An answer to be read, as it came. */
export interface PeriodAnswer {
  readonly asked: Asked;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly windUnits: WindUnits;
  readonly form: RecordsForm;
}

/** In which text records are wanted: as `curtailmentRecordRows`, to be stored, or as JSON, to be looked at. */
export type RecordsForm = 'rows' | 'json';

/**
 * What an answer says: its curtailment, or why it cannot be believed. Plain data, since it may come from another thread, which
 * keeps no class of an error.
 */
export type PeriodReading =
  | (PeriodContent & { readonly unknownFields: FieldCounts })
  | { readonly failure: PeriodFailure; readonly unknownFields: FieldCounts };

/** What came of reading in a thread: also that the answer is no JSON, so that the source is asked again. */
export type ThreadReading = PeriodReading | { readonly notJson: string };

export interface PeriodContent {
  readonly answer: 'rows' | 'empty';
  readonly recordCount: number;
  /** A text, since so many objects would have to be copied from one thread to the other. */
  readonly records: string;
  readonly contentHash: string;
  readonly uncountedUnitIds: readonly string[];
  readonly sourceCreatedAt: string | null;
}

export interface PeriodFailure {
  readonly code: string;
  readonly detail: string;
}

const ROWS_AT_FAULT: ReadonlySet<string> = new Set(['conflicting-rows', 'missing-price', 'missing-flag']);
const none: FieldCounts = new Map();

/** Reads the bid side of a period and selects what is curtailment. */
export function readPeriod({ asked, body, windUnits, form }: PeriodAnswer): ThreadReading {
  try {
    const { rows, unknownFields } = readStack(asked, body);
    const { records, uncountedUnitIds } = selectCurtailed(rows, windUnits);
    const answer = rows.length === 0 ? 'empty' : 'rows';
    const sourceCreatedAt = latestStamp(rows);
    return {
      answer,
      recordCount: records.length,
      records: recordsText(records, form),
      contentHash: contentHash(records),
      uncountedUnitIds,
      sourceCreatedAt,
      unknownFields,
    };
  } catch (error) {
    if (error instanceof NotJson) return { notJson: error.message };
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return { failure, unknownFields: none };
  }
}

export function recordsText(records: readonly CurtailmentRecord[], form: RecordsForm): string {
  return form === 'rows' ? curtailmentRecordRows(records) : JSON.stringify(records);
}

/** Of an answer that does not come or cannot be believed, what is to be recorded; undefined for any other error. */
export function failureOf(error: unknown): PeriodFailure | undefined {
  if (error instanceof SourceError) return { code: error.code, detail: error.detail };
  if (!(error instanceof WindfallError)) return undefined;
  return ROWS_AT_FAULT.has(error.code) ? { code: error.code, detail: error.message } : undefined;
}

function latestStamp(rows: readonly StackRow[]): string | null {
  let latest: string | null = null;
  for (const { createdDateTime } of rows) {
    if (createdDateTime !== null && (latest === null || createdDateTime > latest)) latest = createdDateTime;
  }
  return latest;
}
