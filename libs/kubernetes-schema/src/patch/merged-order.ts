/**
 * The order kubectl gives a merged list: what the patch names in the patch's order, what it does not name in its own;
 * where both lists had an entry before, the older order decides which comes first, and new entries go before the others.
 */
export function mergedOrder<T>(
  merged: readonly T[],
  own: readonly T[],
  patch: readonly T[],
  keyOf: (item: T) => unknown,
): T[] {
  const ownKeys = own.map(keyOf);
  const patchKeys = patch.map(keyOf);
  const named = merged
    .filter((item) => patchKeys.includes(keyOf(item)))
    .sort((a, b) => patchKeys.indexOf(keyOf(a)) - patchKeys.indexOf(keyOf(b)));
  const others = merged.filter((item) => !patchKeys.includes(keyOf(item)));
  const ordered: T[] = [];
  for (const item of named) {
    const place = ownKeys.indexOf(keyOf(item));
    for (
      let next = others[0];
      place >= 0 && next !== undefined && ownKeys.indexOf(keyOf(next)) < place;
      next = others[0]
    ) {
      ordered.push(next);
      others.shift();
    }
    ordered.push(item);
  }
  return [...ordered, ...others];
}
