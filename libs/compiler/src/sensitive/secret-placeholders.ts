import { escapePattern } from '../text/escape-pattern.ts';
import { TextFinder } from '../text/text-finder.ts';
import { isRecognisable } from './carried-secrets.ts';

/** A secret of the project, and the variables that it is the value of. */
export interface KnownSecret {
  readonly value: string;
  /** Variables of the project or of containers, and keys of `secrets:`; first those that hold nothing else. */
  readonly names: readonly string[];
  /** No other text is likely to hold it: it is long and odd, and in no name that the project gives. */
  readonly recognisable: boolean;
}

/**
 * Every secret that is known, the longest first. While decisions are made a stand-in is in the place of each, one character
 * that no name, port or address can hold: so nothing can depend on what a secret is.
 */
export type Veil = readonly KnownSecret[];

/** The last plane of Unicode is for private use, and hardly used. */
const FIRST = 0x100000;
const LAST = 0x10fffd;
const STAND_INS = /[\u{100000}-\u{10fffd}]/gu;
/** What the first half of each of them is in UTF-16. */
const HALF_OF_ONE = /[\udbc0-\udbff]/;

/**
 * From values and their names; what is empty is no secret. A password that is as well in what everybody may read, such as
 * the names of services, is known only where it is said to be: anywhere else it may be that name.
 */
export function veilOf(
  found: readonly { readonly value: string; readonly name: string }[],
  given: readonly string[] = [],
): Veil {
  const names = new Map<string, Set<string>>();
  for (const { value, name } of found) if (value !== '') names.set(value, (names.get(value) ?? new Set()).add(name));
  const values = [...names.keys()];
  const finder = new TextFinder(values);
  const everybodys = new Set(given.flatMap((name) => finder.foundIn(name)).map((index) => values[index]));
  return [...names]
    .map(([value, all]) => ({
      value,
      names: [...all],
      recognisable: isRecognisable(value) && !everybodys.has(value),
    }))
    .sort((a, b) => b.value.length - a.value.length || (a.value < b.value ? -1 : 1))
    .slice(0, LAST - FIRST);
}

/** The text with a stand-in for each secret in it that is chosen. */
export function veiled(text: string, veil: Veil, isChosen: (secret: KnownSecret) => boolean): string {
  return finderOf(veil).replaceIn(text, (index) => {
    const secret = veil[index];
    return secret !== undefined && isChosen(secret) ? String.fromCodePoint(FIRST + index) : undefined;
  });
}

const finders = new WeakMap<Veil, TextFinder>();

/** Made once for all texts: there are many of both. */
function finderOf(veil: Veil): TextFinder {
  const known = finders.get(veil);
  if (known !== undefined) return known;
  const finder = new TextFinder(veil.map(({ value }) => value));
  finders.set(veil, finder);
  return finder;
}

/** The secrets that are in a text, the longest first. */
export function secretsIn(text: string, veil: Veil): readonly KnownSecret[] {
  return finderOf(veil)
    .foundIn(text)
    .flatMap((index) => veil[index] ?? []);
}

/** The text with a stand-in for each secret that no other text is likely to hold. */
export function recognised(text: string, veil: Veil): string {
  return veiled(text, veil, ({ recognisable }) => recognisable);
}

/**
 * The text with a stand-in for each secret in it that is chosen, though it may be any word: where an address leads to is
 * left to be read.
 */
export function veiledWords(text: string, veil: Veil, isChosen: (secret: KnownSecret) => boolean): string {
  return finderOf(veil)
    .foundIn(text)
    .reduce((known, index) => {
      const secret = veil[index];
      if (secret === undefined || !known.includes(secret.value) || !isChosen(secret)) return known;
      const word = escapePattern(secret.value);
      const occurrences = new RegExp(`((?<=@|://)${word}(?=(?::\\d{1,5})?(?:[/?\\s"',]|$)))|${word}`, 'g');
      return known.replaceAll(occurrences, (_, host?: string) => host ?? String.fromCodePoint(FIRST + index));
    }, text);
}

export function isVeiled(text: string): boolean {
  return HALF_OF_ONE.test(text);
}

/** A text in pieces: plain ones, and the secrets between them. */
export function piecesOf(text: string, veil: Veil): readonly (string | KnownSecret)[] {
  const pieces: (string | KnownSecret)[] = [];
  let end = 0;
  for (const match of text.matchAll(STAND_INS)) {
    const secret = veil[(match[0].codePointAt(0) ?? 0) - FIRST];
    if (secret === undefined) continue;
    if (match.index > end) pieces.push(text.slice(end, match.index));
    pieces.push(secret);
    end = match.index + match[0].length;
  }
  return end < text.length ? [...pieces, text.slice(end)] : pieces;
}

/** The text as it was. */
export function unveiled(text: string, veil: Veil): string {
  if (!isVeiled(text)) return text;
  return piecesOf(text, veil)
    .map((piece) => (typeof piece === 'string' ? piece : piece.value))
    .join('');
}

/** The text for people. */
export function masked(text: string): string {
  return text.replace(STAND_INS, '***');
}
