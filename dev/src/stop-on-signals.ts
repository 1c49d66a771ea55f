import type { Stack } from './stack.js';

// Not SIGHUP: left alone, it ends us when the terminal closes, and everything after us, unless nohup says otherwise.
const signalNumbers = { SIGINT: 2, SIGTERM: 15 };
type StopSignal = keyof typeof signalNumbers;

/** npm passes Ctrl-C on although the terminal has sent it to us already: that is one wish, not two. */
const sameWishWithinMs = 500;

export interface StopWish {
  /** Whether it was uttered: what fails from then on is no news. */
  uttered: boolean;
  /** Whether all was done that was asked for, so that stopping is a good end. */
  serving: boolean;
}

/**
 * Stops the stack and ends the process on Ctrl-C and its like; the second one kills. The exit code is 0 when it was
 * serving, else 128 and the signal's number.
 */
export function stopOnSignals(stack: Stack, say: (line: string) => void): StopWish {
  const wish: StopWish = { uttered: false, serving: false };
  let utteredAt = 0;
  const stop = async (signal: StopSignal): Promise<void> => {
    const interrupted = 128 + signalNumbers[signal];
    if (wish.uttered) {
      if (performance.now() - utteredAt < sameWishWithinMs) return;
      stack.kill();
      process.exit(interrupted);
    }
    wish.uttered = true;
    utteredAt = performance.now();
    say('Stopping');
    await stack.stop();
    process.exit(wish.serving ? 0 : interrupted);
  };
  for (const signal of Object.keys(signalNumbers) as StopSignal[]) process.on(signal, () => void stop(signal));
  return wish;
}
