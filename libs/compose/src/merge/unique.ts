/** One entry per key: the last one counts, at the place of the first. An undefined key keeps the entry. */
export function uniqueBy<T>(entries: readonly T[], keyOf: (entry: T) => string | undefined): readonly T[] {
  const kept: T[] = [];
  const places = new Map<string, number>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const place = key === undefined ? undefined : places.get(key);
    if (place !== undefined) {
      kept[place] = entry;
      continue;
    }
    if (key !== undefined) places.set(key, kept.length);
    kept.push(entry);
  }
  return kept;
}
