import { distance } from 'fastest-levenshtein';

/** Longer names are not compared: each pair costs the product of its lengths. */
const NAME_MAX = 64;

/** The candidate most like a name, where one is near enough to be meant. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > NAME_MAX) return undefined;
  const small = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const letters = distance(small, candidate.toLowerCase());
    if (letters < bestDistance) [best, bestDistance] = [candidate, letters];
  }
  return best;
}
