import { substitute } from '../interpolate/template.ts';
import type { Lookup, Substitution } from '../interpolate/template.ts';
import { TEMPLATE_LIMITS } from '../limits.ts';
import { expandEscapes } from './escapes.ts';

export interface DotenvEntry {
  readonly name: string;
  readonly value: string;
  /** The text before substitution; null for a bare name that took its value from outside. */
  readonly template: string | null;
  readonly line: number;
  readonly column: number;
}

export interface DotenvProblem {
  readonly line: number;
  readonly column: number;
  readonly problem:
    | { readonly kind: 'syntax'; readonly text: string }
    | { readonly kind: 'substitution'; readonly result: Exclude<Substitution, { value: string }> };
}

export interface DotenvResult {
  /** In order; a name may occur again, the last one counts. */
  readonly entries: readonly DotenvEntry[];
  readonly problems: readonly DotenvProblem[];
}

/**
 * Reads an env file: NAME=value or NAME: value, quotes over several lines, comments, `export`, substitution.
 * `outer` is asked first, then the lines above and `known` (files read before). Reading goes on after a bad line.
 */
export function parseDotenv(text: string, outer: Lookup, known: ReadonlyMap<string, string> = new Map()): DotenvResult {
  return new DotenvReader(text, outer, known).read();
}

const TOO_LONG = `with this one its values have more than ${TEMPLATE_LIMITS.envFileCharactersMax} characters together`;
const SPACE = /[\t\v\f\r \u0085\u00a0]/;
const BLANK = /\s|\u0085/;

class DotenvReader {
  readonly #text: string;
  readonly #outer: Lookup;
  readonly #values: Map<string, string>;
  readonly #entries: DotenvEntry[] = [];
  readonly #problems: DotenvProblem[] = [];
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #characters = 0;

  constructor(text: string, outer: Lookup, known: ReadonlyMap<string, string>) {
    this.#text = text.startsWith('\uFEFF') ? text.slice(1) : text;
    this.#outer = outer;
    this.#values = new Map(known);
  }

  read(): DotenvResult {
    while (this.#characters <= TEMPLATE_LIMITS.envFileCharactersMax && this.#skipToStatement()) this.#statement();
    return { entries: this.#entries, problems: this.#problems };
  }

  #advance(): void {
    if (this.#text[this.#at] === '\n') {
      this.#line += 1;
      this.#lineStart = this.#at + 1;
    }
    this.#at += 1;
  }

  #skipToStatement(): boolean {
    for (;;) {
      while (this.#at < this.#text.length && BLANK.test(this.#text[this.#at] ?? '')) this.#advance();
      if (this.#text[this.#at] !== '#') return this.#at < this.#text.length;
      this.#skipLine();
    }
  }

  #skipLine(): void {
    while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#advance();
  }

  #skipSpaces(): void {
    while (SPACE.test(this.#text[this.#at] ?? '')) this.#advance();
  }

  #statement(): void {
    const exported = /export\s+/y;
    exported.lastIndex = this.#at;
    const prefix = exported.exec(this.#text)?.[0] ?? '';
    if (prefix) {
      for (let skipped = 0; skipped < 'export'.length; skipped += 1) this.#advance();
      this.#skipSpaces();
    }
    const place = { line: this.#line, column: this.#at - this.#lineStart + 1 };
    const key = this.#key(place);
    if (key === undefined) {
      this.#skipLine();
      return;
    }
    if (key.bare) this.#inherit(key.name, place);
    else this.#assign(key.name, place);
  }

  #key(place: Place): { readonly name: string; readonly bare: boolean } | undefined {
    const start = this.#at;
    for (let end = start; end < this.#text.length; end += 1) {
      const character = String.fromCodePoint(this.#text.codePointAt(end) ?? 0);
      if (SPACE.test(character)) continue;
      if (character === '=' || character === ':' || character === '\n') return this.#endKey(start, end, place);
      if (!/[_.\-[\]\p{L}\p{N}]/u.test(character)) {
        this.#syntax(`unexpected character ${JSON.stringify(character)} in a variable name`, place);
        return undefined;
      }
      end += character.length - 1;
    }
    return this.#endKey(start, this.#text.length, place);
  }

  #endKey(start: number, end: number, place: Place): { name: string; bare: boolean } | undefined {
    const name = this.#text.slice(start, end).trimEnd();
    if (name.includes(' ')) {
      this.#syntax('a variable name cannot hold a blank', place);
      return undefined;
    }
    // A name at the very end of the file, without a line feed, is dropped by the reference; ours inherits it as well.
    const bare = this.#text[end] === '\n' || end >= this.#text.length;
    while (this.#at < end) this.#advance();
    if (!bare) this.#advance();
    return { name, bare };
  }

  #inherit(name: string, place: Place): void {
    const value = this.#outer(name) ?? this.#values.get(name);
    if (value !== undefined) this.#set(name, value, null, place);
  }

  #assign(name: string, place: Place): void {
    this.#skipSpaces();
    const quote = this.#text[this.#at];
    if (quote === '"' || quote === "'") this.#quoted(name, quote, place);
    else this.#unquoted(name, place);
  }

  #unquoted(name: string, place: Place): void {
    const start = this.#at;
    this.#skipLine();
    const [value = ''] = this.#text.slice(start, this.#at).split(' #');
    this.#substituted(name, value.trimEnd(), place);
  }

  #quoted(name: string, quote: string, place: Place): void {
    let value = '';
    this.#advance();
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      const next = this.#text[this.#at + 1];
      if (character === quote) {
        this.#advance();
        if (quote === "'") this.#set(name, value, value.replaceAll('$', '$$$$'), place);
        else this.#substituted(name, expandEscapes(value), place);
        return;
      }
      if (character === '\\' && next !== undefined) {
        value += next === quote ? quote : `\\${next}`;
        this.#advance();
      } else value += character;
      this.#advance();
    }
    this.#syntax('unterminated quoted value', place);
  }

  #substituted(name: string, template: string, place: Place): void {
    const result = substitute(template, (variable) => this.#outer(variable) ?? this.#values.get(variable));
    if ('value' in result) this.#set(name, result.value, template, place);
    else this.#problems.push({ ...place, problem: { kind: 'substitution', result } });
  }

  #set(name: string, value: string, template: string | null, place: Place): void {
    this.#characters += value.length;
    if (this.#characters > TEMPLATE_LIMITS.envFileCharactersMax) return this.#syntax(TOO_LONG, place);
    this.#values.set(name, value);
    this.#entries.push({ name, value, template, ...place });
  }

  #syntax(text: string, place: Place): void {
    this.#problems.push({ ...place, problem: { kind: 'syntax', text } });
  }
}

interface Place {
  readonly line: number;
  readonly column: number;
}
