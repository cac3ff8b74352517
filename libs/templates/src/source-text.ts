import type { Position } from '@ushadow/compose';

/** A file of a template, and where in it something stands. */
export class SourceText {
  readonly file: string;
  readonly text: string;
  #lineStarts: readonly number[] | undefined;
  readonly #keys = new Map<string, readonly number[]>();

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  position(offset: number): Position {
    this.#lineStarts ??= [0, ...[...this.text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    let [low, high] = [0, this.#lineStarts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }

  /** Where a text stands for the first time, else the file's beginning. */
  find(text: string): Position {
    return this.position(Math.max(this.text.indexOf(text), 0));
  }

  /** Where a key stands for the nth time, from 0. */
  findKey(key: string, nth: number): Position {
    const known = this.#keys.get(key) ?? this.#offsetsOf(key);
    this.#keys.set(key, known);
    return this.position(known[nth] ?? 0);
  }

  #offsetsOf(key: string): readonly number[] {
    return [...this.text.matchAll(new RegExp(`(?<![\\w.-])${escaped(key)}["']?\\s*[=:]`, 'g'))].map(
      ({ index }) => index,
    );
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const PATH_MAX = 500;

/** A path below the project’s folder, without `./`; undefined where it would leave it, or is no path. */
export function pathInside(text: string): string | undefined {
  if (text.length > PATH_MAX || /[\p{Cc}\\]/u.test(text)) return undefined;
  const segments = text.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.length === 0 || segments.includes('..') ? undefined : segments.join('/');
}
