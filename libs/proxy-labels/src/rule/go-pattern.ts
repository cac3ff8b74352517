/** Of a repetition, with those around it: what Go allows. */
const REPEAT_MAX = 1000;

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** A regular expression of Go as one of JavaScript, or why it is none. */
export function goPattern(text: string): RegExp | string {
  const found = /^\(\?([ims]+)\)/.exec(text);
  const [whole = '', flags = ''] = found ?? [];
  const source = new Translation(text.slice(whole.length)).run();
  if (typeof source !== 'string') return source.problem;
  try {
    return new RegExp(source, [...new Set(`u${flags}`)].join(''));
  } catch {
    return 'the pattern is not valid';
  }
}

interface Problem {
  readonly problem: string;
}

class Translation {
  readonly #text: string;
  #at = 0;
  #out = '';
  /** The highest number of repetitions within each open bracket, and of what was read last. */
  readonly #repeats: number[] = [1];
  #last = 1;

  constructor(text: string) {
    this.#text = text;
  }

  run(): string | Problem {
    while (this.#at < this.#text.length) {
      const problem = this.#step();
      if (problem !== undefined) return { problem };
    }
    return this.#out;
  }

  #step(): string | undefined {
    const character = this.#text[this.#at];
    switch (character) {
      case '\\':
        return this.#escape(false);
      case '[':
        return this.#class();
      case '(':
        return this.#open();
      case ')':
        return this.#close();
      case '{':
        return this.#brace();
      case '}':
      case ']':
        return this.#put(`\\${character}`, 1);
      default:
        return this.#put(character ?? '', 1);
    }
  }

  #put(out: string, taken: number): undefined {
    this.#out += out;
    this.#at += taken;
    if (!/^[*+?]/.test(out)) this.#last = 1;
  }

  #open(): string | undefined {
    const rest = this.#text.slice(this.#at, this.#at + 64);
    if (/^\(\?(?:[=!]|<[=!])/.test(rest)) return 'the pattern looks ahead or behind, which Go cannot';
    const named = /^\(\?P?<\w+>/.exec(rest);
    const [start] = named ?? /^\(\?:/.exec(rest) ?? /^\((?!\?)/.exec(rest) ?? [];
    if (start === undefined) return 'the pattern has flags in its middle, which cannot be read';
    this.#repeats.push(1);
    this.#put('(?:', start.length);
    return undefined;
  }

  #close(): string | undefined {
    const inner = this.#repeats.pop() ?? 1;
    if (this.#repeats.length === 0) return 'the pattern closes a bracket that is not open';
    this.#put(')', 1);
    this.#repeated(inner);
    return undefined;
  }

  /** A quantity, or the character itself. */
  #brace(): string | undefined {
    const [whole, least, , most] = /^\{(\d+)(,(\d*))?\}/.exec(this.#text.slice(this.#at, this.#at + 32)) ?? [];
    if (whole === undefined) return this.#put('\\{', 1);
    const times = Math.max(Number(least), Number(most ?? 0), 1);
    const sum = this.#last * times;
    if (sum > REPEAT_MAX) return `the pattern repeats more than ${REPEAT_MAX} times`;
    this.#out += whole;
    this.#at += whole.length;
    this.#repeated(sum);
    return undefined;
  }

  #repeated(times: number): void {
    this.#last = times;
    const around = this.#repeats.length - 1;
    this.#repeats[around] = Math.max(this.#repeats[around] ?? 1, times);
  }

  #class(): string | undefined {
    const [start = '['] = /^\[\^?/.exec(this.#text.slice(this.#at, this.#at + 2)) ?? [];
    this.#put(start, start.length);
    if (this.#text[this.#at] === ']') this.#put('\\]', 1);
    while (this.#at < this.#text.length) {
      const problem = this.#inClass();
      if (problem === 'closed') return undefined;
      if (problem !== undefined) return problem;
    }
    return 'the pattern does not close a [';
  }

  #inClass(): string | undefined {
    const character = this.#text[this.#at];
    if (character === ']') {
      this.#put(']', 1);
      return 'closed';
    }
    if (character === '\\') return this.#escape(true);
    if (character !== '[') return this.#put(character ?? '', 1);
    const [whole, not, name = ''] = /^\[:(\^?)(\w+):\]/.exec(this.#text.slice(this.#at, this.#at + 16)) ?? [];
    if (whole === undefined) return this.#put('\\[', 1);
    const members = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
    if (members === undefined || not !== '') return `the pattern has a class ${whole}, which cannot be read`;
    return this.#put(members, whole.length);
  }

  #escape(inClass: boolean): string | undefined {
    const rest = this.#text.slice(this.#at, this.#at + 64);
    const [written, said] = escapeOf(rest, inClass) ?? [];
    if (written !== undefined && said !== undefined) return this.#put(said, written.length);
    const next = rest[1] ?? '';
    if (next === 'Q' && !inClass) return this.#quoted();
    if (next === '' || /[A-Za-z0-9]/.test(next)) return `the pattern has the escape \\${next}, which cannot be read`;
    return this.#put(SYNTAX.test(next) || (next === '-' && inClass) ? `\\${next}` : next, 2);
  }

  /** `\Q…\E`: as it stands. */
  #quoted(): undefined {
    const end = this.#text.indexOf('\\E', this.#at);
    const inner = this.#text.slice(this.#at + 2, end < 0 ? undefined : end);
    this.#put(inner.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), inner.length + (end < 0 ? 2 : 4));
  }
}

/** An escape of Go with letters, and what it is in JavaScript. */
function escapeOf(text: string, inClass: boolean): readonly [written: string, said: string] | undefined {
  const [long, hex] = /^\\x\{([0-9a-fA-F]{1,6})\}/.exec(text) ?? [];
  if (long !== undefined) return [long, `\\u{${hex}}`];
  const [alike] = ALIKE.exec(text) ?? [];
  if (alike !== undefined) return [alike, alike];
  const [short, letter, category] = /^\\([pP])([A-Z])/.exec(text) ?? [];
  if (short !== undefined) return [short, `\\${letter}{${category}}`];
  const said = OTHERS[text[1] ?? ''] ?? (inClass ? undefined : OUTSIDE_CLASS[text[1] ?? '']);
  return said === undefined ? undefined : [text.slice(0, 2), said];
}

/** Escapes that both languages have. */
const ALIKE = /^\\(?:x[0-9a-fA-F]{2}|[dDsSwWtnrfv]|[pP]\{\w+\})/;
const OTHERS: Readonly<Record<string, string>> = { a: '\\x07' };
const OUTSIDE_CLASS: Readonly<Record<string, string>> = { b: '\\b', B: '\\B', A: '^', z: '$' };
const SYNTAX = /[\\^$.*+?()[\]{}|/]/;
