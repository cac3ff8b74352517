import { distance } from 'fastest-levenshtein';

const MOST = 2;

/** The word a misspelt one was meant to be: at most two letters away, or the same but for case. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = MOST + 1;
  for (const candidate of candidates) {
    const d = candidate.toLowerCase() === word.toLowerCase() ? 0 : distanceWithin(word, candidate);
    if (d < least) [best, least] = [candidate, d];
  }
  return best;
}

/** Words of very other lengths are not compared. */
function distanceWithin(a: string, b: string): number {
  return Math.abs(a.length - b.length) > MOST ? MOST + 1 : distance(a, b);
}
