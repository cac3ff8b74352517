import { escapePattern } from '../text/escape-pattern.ts';
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
  return [...names]
    .map(([value, all]) => ({
      value,
      names: [...all],
      recognisable: isRecognisable(value) && !given.some((name) => name.includes(value)),
    }))
    .sort((a, b) => b.value.length - a.value.length || (a.value < b.value ? -1 : 1))
    .slice(0, LAST - FIRST);
}

/** The text with a stand-in for each secret in it that is chosen. */
export function veiled(text: string, veil: Veil, isChosen: (secret: KnownSecret) => boolean): string {
  if (!anyOf(veil).test(text)) return text;
  return veil.reduce((known, secret, index) => {
    if (!known.includes(secret.value) || !isChosen(secret)) return known;
    return known.replaceAll(secret.value, () => String.fromCodePoint(FIRST + index));
  }, text);
}

const patterns = new WeakMap<Veil, RegExp>();

/** Found in a text where one of the secrets is: most texts hold none, and there are many of both. */
function anyOf(veil: Veil): RegExp {
  const known = patterns.get(veil);
  if (known !== undefined) return known;
  const texts = veil.map(({ value }) => escapePattern(value));
  const pattern = texts.length === 0 ? /(?!)/ : new RegExp(texts.join('|'));
  patterns.set(veil, pattern);
  return pattern;
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
  if (!anyOf(veil).test(text)) return text;
  return veil.reduce((known, secret, index) => {
    if (!known.includes(secret.value) || !isChosen(secret)) return known;
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
