/** Numbers by name, such as pods and restarts, that add up from what is below. */
export type Tally = ReadonlyMap<string, number>;

export const NOTHING: Tally = new Map();

/** Of the reasons for which pods fail, by reason. */
const TROUBLE = 'trouble ';

export function tallyOf(counts: Readonly<Record<string, number>>): Tally {
  return new Map(Object.entries(counts).filter(([, count]) => count !== 0));
}

export function trouble(reason: string | undefined): Readonly<Record<string, number>> {
  return reason === undefined ? {} : { [`${TROUBLE}${reason}`]: 1 };
}

/** Adds to a tally in its place; what comes to nothing is forgotten. */
export function add(sum: Map<string, number>, tally: Tally, sign: 1 | -1): void {
  for (const [name, count] of tally) {
    const next = (sum.get(name) ?? 0) + sign * count;
    if (next === 0) sum.delete(name);
    else sum.set(name, next);
  }
}

export function sameTally(a: Tally, b: Tally): boolean {
  return a.size === b.size && [...a].every(([name, count]) => b.get(name) === count);
}

export function count(tally: Tally, name: string): number {
  return tally.get(name) ?? 0;
}

/** The reasons for which pods fail, the most frequent first. */
export function troublesIn(tally: Tally): readonly { readonly reason: string; readonly pods: number }[] {
  return [...tally]
    .filter(([name]) => name.startsWith(TROUBLE))
    .map(([name, pods]) => ({ reason: name.slice(TROUBLE.length), pods }))
    .sort((a, b) => b.pods - a.pods || (a.reason < b.reason ? -1 : 1));
}
