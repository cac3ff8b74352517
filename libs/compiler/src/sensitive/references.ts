import { escapeExpansion } from '../text/escaping.ts';
import type { SecretPlaceholders } from './secret-placeholders.ts';
import { piecesOf } from './secret-placeholders.ts';

/**
 * A text that the kubelet expands, `$(NAME)` in the place of each secret: in command, arguments and variables of a
 * container. Everything else comes out as it is.
 */
export function withReferences(
  text: string,
  placeholders: SecretPlaceholders,
  references: ReadonlyMap<string, string>,
): string {
  const pieces = piecesOf(text, placeholders);
  return pieces
    .map((piece, index) => {
      if (typeof piece !== 'string') return `$(${references.get(piece.value) ?? ''})`;
      const isLast = index === pieces.length - 1;
      // A dollar sign at the end would take that of the reference behind it for its own.
      return isLast ? escapeExpansion(piece) : escapeExpansion(`${piece}$(`).slice(0, -3);
    })
    .join('');
}

/**
 * A shell line that reads its secrets from variables. Undefined where the line is too much of a program to say how the shell
 * reads each piece of it.
 */
export function inShell(
  line: string,
  placeholders: SecretPlaceholders,
  references: ReadonlyMap<string, string>,
): string | undefined {
  const pieces = piecesOf(line, placeholders);
  if (pieces.some((piece) => typeof piece === 'string' && PROGRAM.test(piece))) return undefined;
  let quote: Quote = '';
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      quote = quoteAfter(piece, quote);
      text += piece;
    } else {
      const name = references.get(piece.value);
      if (name === undefined) return undefined;
      text += READING[quote](name);
    }
  }
  return quote === '' ? text : undefined;
}

type Quote = '' | '"' | "'";

/** Substitutions, here-documents, escapes, comments and other quotes. */
const PROGRAM = /[`\\]|\$[('"]|<<|(?:^|\s)#/;

const READING: Readonly<Record<Quote, (name: string) => string>> = {
  '': (name) => `"\${${name}}"`,
  '"': (name) => `\${${name}}`,
  "'": (name) => `'"\${${name}}"'`,
};

function quoteAfter(text: string, before: Quote): Quote {
  let quote = before;
  for (const letter of text) {
    if (quote === '' && (letter === '"' || letter === "'")) quote = letter;
    else if (letter === quote) quote = '';
  }
  return quote;
}
