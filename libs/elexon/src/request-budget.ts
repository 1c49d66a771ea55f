/** Permission to send requests; a budget that several processes share stands behind the same interface. */
export interface RequestBudget {
  /** Resolves when one more request may be sent. */
  take(): Promise<void>;
}

export const unlimitedBudget: RequestBudget = { take: () => Promise.resolve() };

/** How many requests one piece of work may send, attempts included; what all others may send is for the budget to say. */
export class RequestAllowance {
  private left: number;

  constructor(readonly requests: number) {
    this.left = requests;
  }

  /** @returns whether one more may be sent, which then counts as sent */
  take(): boolean {
    if (this.left === 0) return false;
    this.left -= 1;
    return true;
  }
}
