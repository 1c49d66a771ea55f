import { isSettlementDate } from '@app/domain';
import * as z from 'zod';
import type { BalancingAction, Side } from '../stack/stack-row.js';
import { RowSelection, selects } from './row-selection.js';

const place = {
  settlementPeriod: z.int().min(1).max(50),
  side: z.enum(['bid', 'offer']).default('bid'),
};

const Change = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('change'),
      ...place,
      rows: RowSelection,
      volume: z.number().optional(),
      volumeFactor: z.number().optional(),
      originalPrice: z.number().optional(),
      soFlag: z.boolean().optional(),
    })
    .refine(
      ({ volume, volumeFactor, originalPrice, soFlag }) =>
        [volume, volumeFactor, originalPrice, soFlag].some((value) => value !== undefined),
      'changes nothing: give volume, volumeFactor, originalPrice or soFlag',
    ),
  z.strictObject({
    kind: z.literal('add'),
    ...place,
    row: z.strictObject({
      id: z.string().min(1),
      acceptanceId: z.int().nullable(),
      bidOfferPairId: z.int().min(-6).max(6).nullable().default(-1),
      cadlFlag: z.boolean().nullable().default(false),
      soFlag: z.boolean().default(true),
      originalPrice: z.number(),
      volume: z.number(),
    }),
  }),
  z.strictObject({ kind: z.literal('remove'), ...place, rows: RowSelection }),
  z.strictObject({ kind: z.literal('empty'), ...place }),
]);
type Change = z.infer<typeof Change>;

export const NewRevision = z.strictObject({
  settlementDate: z.string().refine(isSettlementDate, 'is not a settlement date (YYYY-MM-DD)'),
  createdDateTime: z.iso.datetime({ precision: 0 }).optional(),
  changes: z.array(Change).min(1),
});
export type NewRevision = z.infer<typeof NewRevision>;

/** A later calculation of a day, with what it has changed. */
export interface Revision extends NewRevision {
  readonly id: number;
  readonly createdDateTime: string;
}

/** The revisions in force, in the order in which they were made; each sees what the earlier ones left. */
export class Revisions {
  private readonly inForce: Revision[] = [];
  private made = 0;
  /** Grows with every change of the list, so that answers kept from before are not served again. */
  version = 0;

  constructor(private readonly windIds: ReadonlySet<string>) {}

  list(): readonly Revision[] {
    return this.inForce;
  }

  add(revision: NewRevision, createdDateTime: string): Revision {
    const added = { ...revision, createdDateTime, id: ++this.made };
    this.inForce.push(added);
    this.version++;
    return added;
  }

  clear(): void {
    this.inForce.length = 0;
    this.version++;
  }

  /** The stamp of the latest revision that touches the period, or null. Both sides are calculated together. */
  createdDateTimeOf(settlementDate: string, period: number): string | null {
    const stamps = this.inForce
      .filter((revision) => revision.settlementDate === settlementDate)
      .filter((revision) => revision.changes.some((change) => change.settlementPeriod === period))
      .map((revision) => revision.createdDateTime);
    return stamps.sort().at(-1) ?? null;
  }

  /** The period's actions as the revisions leave them. */
  apply(actions: readonly BalancingAction[], side: Side, settlementDate: string, period: number): BalancingAction[] {
    return this.inForce
      .filter((revision) => revision.settlementDate === settlementDate)
      .flatMap((revision) => revision.changes)
      .filter((change) => change.settlementPeriod === period && change.side === side)
      .reduce((current, change) => this.applyChange(current, change), [...actions]);
  }

  /** The actions after one change. */
  applyChange(actions: readonly BalancingAction[], change: Change): BalancingAction[] {
    switch (change.kind) {
      case 'empty':
        return [];
      case 'add':
        return [...actions, change.row];
      case 'remove':
        return actions.filter((_, index) => !this.isSelected(change.rows, actions, index));
      case 'change':
        return actions.map((action, index) =>
          this.isSelected(change.rows, actions, index)
            ? {
                ...action,
                volume: change.volume ?? action.volume * (change.volumeFactor ?? 1),
                originalPrice: change.originalPrice ?? action.originalPrice,
                soFlag: change.soFlag ?? action.soFlag,
              }
            : action,
        );
    }
  }

  private isSelected(selection: RowSelection, actions: readonly BalancingAction[], index: number): boolean {
    const action = actions[index];
    return action !== undefined && selects(selection, { ...action }, index, actions.length, this.windIds);
  }
}
