/** The one item of a list that was asked for one thing. */
export function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`Expected one item, found ${items.length}`);
  return item;
}
