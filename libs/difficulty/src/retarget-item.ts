import { type AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Retarget } from '@app/domain';

/** The only network there is so far; as the partition key it keeps its retargets in order. */
export const NETWORK = { S: 'bitcoin' };

type Item = Record<string, AttributeValue>;

// The plain client hands numbers over as text. The document client would make doubles of them, and difficulties
// are near the point from which on a double skips whole numbers.
export function itemOf({ height, fromUnix, difficulty }: Retarget): Item {
  return {
    network: NETWORK,
    fromUnix: { N: String(fromUnix) },
    height: { N: String(height) },
    difficulty: { N: difficulty },
  };
}

/** @throws when the item was written by somebody with other ideas of it */
export function retargetOf(item: Item): Retarget {
  const fromUnix = numberOf(item, 'fromUnix');
  return { height: numberOf(item, 'height'), fromUnix, difficulty: wholeNumberOf(item, 'difficulty') };
}

function numberOf(item: Item, attribute: string): number {
  const value = Number(wholeNumberOf(item, attribute));
  if (Number.isSafeInteger(value)) return value;
  throw unreadable(item, attribute);
}

function wholeNumberOf(item: Item, attribute: string): string {
  const text = item[attribute]?.N;
  if (text !== undefined && /^\d+$/.test(text)) return text;
  throw unreadable(item, attribute);
}

function unreadable(item: Item, attribute: string): Error {
  return new Error(`A retarget in the difficulty table has no usable ${attribute}: ${JSON.stringify(item)}`);
}
