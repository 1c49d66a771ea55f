import { type StackRow } from '@app/domain';
import { answerRows } from './answer-rows.js';
import { parseJson } from './parse-json.js';
import { type Asked } from './source-error.js';
import { STACK_FIELDS, stackRows } from './stack-rows.js';
import { type FieldCounts, unknownFieldsOf } from './unknown-fields.js';

/** A stack answer, read. */
export interface StackReading {
  readonly rows: StackRow[];
  readonly unknownFields: FieldCounts;
}

/**
 * Parses and checks a stack answer, row by row. It takes some milliseconds a period and needs nothing but its arguments, so
 * that any thread can do it.
 *
 * @throws {NotJson} when the bytes are no JSON
 * @throws {SourceError} `source-malformed` when the JSON is not what the API promises
 */
export function readStack(asked: Asked, body: Uint8Array): StackReading {
  const unchecked = answerRows(asked, parseJson(body), 'data');
  return { rows: stackRows(asked, unchecked), unknownFields: unknownFieldsOf(STACK_FIELDS, unchecked) };
}
