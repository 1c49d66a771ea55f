import { datesOfMonth } from '@app/domain';

/** 4,300 records and 18 MB of answers, the size of the busiest days on record. */
export const BUSY_DAY = '2025-05-26';

/** So many days of that size in a row. */
export const BUSY_MONTH = datesOfMonth('2025-05');

/** A few hundred records. */
export const LIGHT_DAY = '2025-06-03';
