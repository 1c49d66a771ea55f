import { isSettlementDate, settlementPeriodsOf } from '@app/domain';
import * as z from 'zod';

/** A publication of what farms of a kind produced in one period. */
export const NewWindRevision = z
  .strictObject({
    settlementDate: z
      .string()
      .refine(isSettlementDate, { error: 'is not a settlement date (YYYY-MM-DD)', abort: true }),
    settlementPeriod: z.int().min(1).max(50),
    psrType: z.enum(['Wind Onshore', 'Wind Offshore', 'Solar']),
    quantity: z.number(),
    publishTime: z.iso.datetime({ precision: 0 }).optional(),
  })
  .refine(({ settlementDate, settlementPeriod }) => settlementPeriod <= settlementPeriodsOf(settlementDate), {
    path: ['settlementPeriod'],
    message: 'the day has no such period',
  });
export type NewWindRevision = z.infer<typeof NewWindRevision>;

interface PublishedRow {
  readonly publishTime: string;
  readonly psrType: string;
  readonly quantity: number;
}

/** Publications made on request, beside those that the seed makes. */
export class WindRevisions {
  private readonly inForce: NewWindRevision[] = [];

  list(): readonly NewWindRevision[] {
    return this.inForce;
  }

  add(revision: NewWindRevision): NewWindRevision {
    this.inForce.push(revision);
    return revision;
  }

  clear(): void {
    this.inForce.length = 0;
  }

  /** The rows of a period with the revisions of it, each a minute after the newest row of its kind unless it says when. */
  apply<Row extends PublishedRow>(rows: readonly Row[], settlementDate: string, settlementPeriod: number): Row[] {
    return this.inForce
      .filter((one) => one.settlementDate === settlementDate && one.settlementPeriod === settlementPeriod)
      .reduce(
        (published, { psrType, quantity, publishTime }) => {
          const newest = published
            .filter((row) => row.psrType === psrType)
            .reduce<Row | null>(
              (latest, row) => (latest && latest.publishTime >= row.publishTime ? latest : row),
              null,
            );
          if (newest === null) return published;
          return [{ ...newest, quantity, publishTime: publishTime ?? minuteAfter(newest.publishTime) }, ...published];
        },
        [...rows],
      );
  }
}

function minuteAfter(at: string): string {
  return new Date(Date.parse(at) + 60_000).toISOString().replace('.000Z', 'Z');
}
