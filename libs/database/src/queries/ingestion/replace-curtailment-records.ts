import { type CurtailmentRecord } from '@app/domain';
import { type Executor, run } from '../../executor.js';

/** Deletes all records of some periods of a day; their replacement follows in the same transaction. */
export async function deleteCurtailmentRecords(
  transaction: Executor,
  settlementDate: string,
  settlementPeriods: readonly number[],
): Promise<void> {
  await run(
    transaction,
    `delete from ingestion.curtailment_records where settlement_date = $1 and settlement_period = any($2::smallint[])`,
    [settlementDate, settlementPeriods],
  );
}

/**
 * Inserts any number of records by one statement; the caller has deleted what they replace.
 *
 * @param rows texts of `curtailmentRecordRows`; those of no records add nothing
 */
export async function insertCurtailmentRecords(transaction: Executor, rows: readonly string[]): Promise<void> {
  const texts = rows.filter((text) => text !== '');
  if (texts.length === 0) return;
  // Of all parameters an array of rows is read most quickly; with a list in JSON the statement takes twice as long.
  await run(
    transaction,
    `insert into ingestion.curtailment_records select * from unnest($1::ingestion.curtailment_records[])`,
    [`{${texts.join(',')}}`],
  );
}

/** Records as the elements of an array of rows of `ingestion.curtailment_records`, written as Postgres does, with commas between. */
export function curtailmentRecordRows(records: readonly CurtailmentRecord[]): string {
  return records.map(elementOf).join(',');
}

function elementOf(record: CurtailmentRecord): string {
  // In the order of the table's columns; what is null is left empty.
  const fields = [
    record.settlementDate,
    record.settlementPeriod,
    record.side,
    quoted(record.farmId),
    record.acceptanceId,
    record.bidOfferPairId,
    record.runningNumber,
    quoted(record.leadParty),
    record.volumeMwh,
    record.originalPriceGbpPerMwh,
    record.soFlag,
    record.cadlFlag,
    record.sourceCreatedAt,
  ];
  return `"(${fields.join(',')})"`;
}

/** Escaped twice: as the field of a row, which is the element of an array. */
function quoted(text: string | null): string | null {
  return text === null ? null : `\\"${text.replaceAll(/["\\]/g, '\\\\\\$&')}\\"`;
}
