/** Permission to send requests; a budget that several processes share stands behind the same interface. */
export interface RequestBudget {
  /** Resolves when one more request may be sent. */
  take(): Promise<void>;
}

export const unlimitedBudget: RequestBudget = { take: () => Promise.resolve() };
