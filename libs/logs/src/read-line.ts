import { cleanText, withoutColours } from './clean-text.ts';
import type { RawLine } from './line-splitter.ts';
import { readTime, type LogTime } from './log-time.ts';

/** Masks what must not be seen. */
export interface Masker {
  readonly mask: (text: string) => string;
  /** Characters of the longest that it looks for. */
  readonly longest: number;
}

export interface LogLine {
  readonly time: LogTime;
  readonly text: string;
  /** So many bytes of it are left out. */
  readonly cut: number;
}

const NO_TIME: LogTime = '1970-01-01T00:00:00.000000000Z';

/** Reads the lines of one container, each of which begins with its time. */
export class LineReader {
  readonly #masker: () => Masker;
  #last = NO_TIME;

  constructor(masker: () => Masker) {
    this.#masker = masker;
  }

  /** A line without a time is of the time of the one before it. */
  timeOf({ bytes }: RawLine): { readonly time: LogTime; readonly text: Uint8Array } {
    const found = readTime(bytes);
    if (found !== undefined) this.#last = found.time;
    return { time: this.#last, text: found === undefined ? bytes : bytes.subarray(found.length) };
  }

  /** What can be shown of it. Of a line that was cut the last part goes too: it could be the first of a secret. */
  show(time: LogTime, bytes: Uint8Array, cut: number): LogLine {
    const { mask, longest } = this.#masker();
    const text = masked(cleanText(bytes), mask);
    if (cut === 0) return { time, text, cut };
    const kept = text.slice(0, Math.max(0, text.length - longest));
    return { time, text: kept, cut: cut + (text.length - kept.length) };
  }
}

/** A secret may be coloured in its middle, as `grep` does; where that is so, the line is shown without colours. */
export function masked(text: string, mask: Masker['mask']): string {
  const shown = mask(text);
  const plain = withoutColours(text);
  if (plain === text) return shown;
  const wanted = mask(plain);
  return withoutColours(shown) === wanted ? shown : wanted;
}
