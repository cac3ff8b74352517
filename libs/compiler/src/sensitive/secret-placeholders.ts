import { escapePattern } from '../text/escaping.ts';
import { TextFinder } from '../text/text-finder.ts';

/** A secret of the project, and the variables that it is the value of. */
export interface KnownSecret {
  readonly value: string;
  /** Variables of the project or of containers, and keys of `secrets:`; first those that hold nothing else. */
  readonly names: readonly string[];
  /** No other text is likely to hold it: it is long and odd, and in no name that the project gives. */
  readonly recognisable: boolean;
}

/**
 * Every secret that is known, the longest first. While decisions are made a placeholder is in the place of each, one character
 * that no name, port or address can hold: so nothing can depend on what a secret is.
 */
export type SecretPlaceholders = readonly KnownSecret[];

/** The last plane of Unicode is for private use, and hardly used. */
const FIRST = 0x100000;
const LAST = 0x10fffd;
const PLACEHOLDERS = /[\u{100000}-\u{10fffd}]/gu;

/** What the first half of each of them is in UTF-16. */
const HALF_OF_ONE = /[\udbc0-\udbff]/;

/**
 * From values and their names; what is empty is no secret. A password that is as well in what everybody may read, such as
 * the names of services, is known only where it is said to be: anywhere else it may be that name.
 */
export function placeholdersFor(
  found: readonly { readonly value: string; readonly name: string }[],
  given: readonly string[] = [],
): SecretPlaceholders {
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

/** The text with a placeholder for each secret in it that is chosen. */
export function withPlaceholders(
  text: string,
  placeholders: SecretPlaceholders,
  isChosen: (secret: KnownSecret) => boolean,
): string {
  return finderOf(placeholders).replaceIn(text, (index) => {
    const secret = placeholders[index];
    return secret !== undefined && isChosen(secret) ? String.fromCodePoint(FIRST + index) : undefined;
  });
}

const finders = new WeakMap<SecretPlaceholders, TextFinder>();

/** Made once for all texts: there are many of both. */
function finderOf(placeholders: SecretPlaceholders): TextFinder {
  const known = finders.get(placeholders);
  if (known !== undefined) return known;
  const finder = new TextFinder(placeholders.map(({ value }) => value));
  finders.set(placeholders, finder);
  return finder;
}

/** The secrets that are in a text, the longest first. */
export function secretsIn(text: string, placeholders: SecretPlaceholders): readonly KnownSecret[] {
  return finderOf(placeholders)
    .foundIn(text)
    .flatMap((index) => placeholders[index] ?? []);
}

/** The text with a placeholder for each secret that no other text is likely to hold. */
export function withRecognisablePlaced(text: string, placeholders: SecretPlaceholders): string {
  return withPlaceholders(text, placeholders, ({ recognisable }) => recognisable);
}

/**
 * The text with a placeholder for each secret in it that is chosen, though it may be any word: where an address leads to is
 * left to be read.
 */
export function withPlaceholdersForWords(
  text: string,
  placeholders: SecretPlaceholders,
  isChosen: (secret: KnownSecret) => boolean,
): string {
  return finderOf(placeholders)
    .foundIn(text)
    .reduce((known, index) => {
      const secret = placeholders[index];
      if (secret === undefined || !known.includes(secret.value) || !isChosen(secret)) return known;
      const word = escapePattern(secret.value);
      const occurrences = new RegExp(`((?<=@|://)${word}(?=(?::\\d{1,5})?(?:[/?\\s"',]|$)))|${word}`, 'g');
      return known.replaceAll(occurrences, (_, host?: string) => host ?? String.fromCodePoint(FIRST + index));
    }, text);
}

export function hasPlaceholder(text: string): boolean {
  return HALF_OF_ONE.test(text);
}

/** A text in pieces: plain ones, and the secrets between them. */
export function piecesOf(text: string, placeholders: SecretPlaceholders): readonly (string | KnownSecret)[] {
  const pieces: (string | KnownSecret)[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDERS)) {
    const secret = placeholders[(match[0].codePointAt(0) ?? 0) - FIRST];
    if (secret === undefined) continue;
    if (match.index > end) pieces.push(text.slice(end, match.index));
    pieces.push(secret);
    end = match.index + match[0].length;
  }
  return end < text.length ? [...pieces, text.slice(end)] : pieces;
}

/** The text as it was. */
export function withSecrets(text: string, placeholders: SecretPlaceholders): string {
  if (!hasPlaceholder(text)) return text;
  return piecesOf(text, placeholders)
    .map((piece) => (typeof piece === 'string' ? piece : piece.value))
    .join('');
}

/** The text for people. */
export function masked(text: string): string {
  return text.replace(PLACEHOLDERS, '***');
}

/** Whether a secret value is long and odd enough to be recognised inside other values. */
export function isRecognisable(value: string): boolean {
  return value.length >= 6 && /\d|[^\w]|[a-z][A-Z]/.test(value) && !/^[a-z]+:\/\/[^@]*$/.test(value);
}
