/** What a script may rely on. */
export const exitCodes = {
  /** All is well. */
  fine: 0,
  /** The work failed, or something is missing or differs. */
  failed: 1,
  /** The words make no command, or name what cannot be. */
  wrongUsage: 2,
  /** The gateway could not be reached, cannot work at present, or does not know the key. */
  unreachable: 3,
  /** Cancelled, interrupted or out of time. */
  stopped: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends the command, with a sentence for people and an exit code for scripts. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  /** @param detail for `--json`, where there is more to say than the sentence */
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    readonly detail: object = { detail: message },
  ) {
    super(message);
  }
}
