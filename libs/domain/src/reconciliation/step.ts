/** What a calculation is narrowed to; a part that is left out is not narrowed. */
export interface Narrowing {
  readonly minerModel?: string;
  readonly settlementPeriod?: number;
  readonly farmId?: string;
}

/**
 * One step of the work on one date. The steps of an item are stored with it, so that whoever takes over after a crash
 * goes on from the step that was asked for last.
 */
export type Step =
  | {
      readonly do: 'ingest';
      /** Null for all of the day. */
      readonly periods: readonly number[] | null;
      /** `needed`: while something is missing or may still change; `differs`: when the verification before it found so. */
      readonly when: 'always' | 'needed' | 'differs';
      /** Compare the stored rows themselves, and not only the digest that the ledger has of them. */
      readonly compareRows: boolean;
    }
  | {
      readonly do: 'calculate';
      /** `checked`: compared row by row since the item began; `needed`: only when the ledgers say that it lags behind. */
      readonly when: 'checked' | 'needed';
      readonly only: Narrowing | null;
    }
  | { readonly do: 'aggregate'; readonly when: 'checked' | 'needed' }
  | {
      readonly do: 'verify';
      readonly sampling: 'progressive' | 'random' | 'fixed' | 'full';
      /** Draws the periods of a random sample; kept, so that a repeated request looks at the same ones. */
      readonly seed: number;
      /** `report`: to tell; `repair`: to decide whether to fetch; `proof`: after a fetch, to show that it helped. */
      readonly purpose: 'report' | 'repair' | 'proof';
    }
  | { readonly do: 'fetch-wind-generation' }
  | { readonly do: 'compare-register'; readonly apply: boolean };

export type StepKind = Step['do'];

/** What came of a request that no ledger tells of. */
export interface Reported {
  readonly outcome: 'same' | 'differs' | 'unknown' | 'done' | 'failed';
  /** A sentence; null where the outcome says it all. */
  readonly detail: string | null;
}
