import * as z from 'zod';

export const DEFAULT_LIMIT = 100;
export const MAX_LIMIT = 1000;

/** A whole number in a query string. */
export function wholeNumber(min: number, max: number) {
  return z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text), { error: 'It must be a whole number.', abort: true })
    .transform(Number)
    .pipe(z.number().min(min).max(max));
}

export const limit = wholeNumber(1, MAX_LIMIT)
  .default(DEFAULT_LIMIT)
  .meta({ type: 'integer', description: `Items in one answer, at most ${MAX_LIMIT}`, default: DEFAULT_LIMIT });

/** Where a list goes on: opaque to callers, a position in the list's order to us. */
export function cursorOf<Position extends z.ZodType>(position: Position) {
  return z
    .string()
    .transform((text, context): z.output<Position> => {
      const parsed = position.safeParse(decoded(text));
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: 'It is not a cursor of this list; take nextCursor of an answer.' });
      return z.NEVER;
    })
    .optional()
    .meta({ description: '`nextCursor` of the answer before' });
}

export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/**
 * Cuts a page out of one item more than it may have: whether that one exists tells whether there is a next page.
 *
 * @param positionOf where an item is, for the cursor of the last one
 */
export function pageOf<Item>(rows: readonly Item[], size: number, positionOf: (item: Item) => unknown): Page<Item> {
  const items = rows.slice(0, size);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > size && last !== undefined ? encodeCursor(positionOf(last)) : null };
}

/** A whole list in one answer. */
export function wholeList<Item>(items: Item[]): Page<Item> {
  return { items, nextCursor: null };
}

/** Response schema of a list. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item).meta({ description: 'In order' }),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'Asks for the next items; null after the last', example: null }),
  });
}
