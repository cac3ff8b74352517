/**
 * Splits a command line into words the way Compose does: quotes, backslashes, and an end at the first shell
 * operator. Undefined: a quote, a bracket or a backslash is left open.
 */
export function splitCommand(line: string): readonly string[] | undefined {
  return new CommandSplitter(line).split();
}

const OPERATORS = new Set([';', '&', '|', '<', '>']);

class CommandSplitter {
  readonly #line: string;
  readonly #words: string[] = [];
  #word = '';
  /** A word was begun: by a character, or by an empty pair of quotes. */
  #begun: 'no' | 'characters' | 'quotes' = 'no';
  #quote: '' | '"' | "'" | '`' | '(' = '';

  constructor(line: string) {
    this.#line = line;
  }

  split(): readonly string[] | undefined {
    let escaped = false;
    for (const character of this.#line) {
      if (escaped) {
        escaped = false;
        this.#escape(character);
      } else if (character === '\\' && this.#quote !== "'") escaped = true;
      else if (/[ \t\r\n]/.test(character)) this.#space(character);
      else if (this.#quote === '' && OPERATORS.has(character)) {
        if (character === '>' && /^[0-9]+$/.test(this.#word)) this.#begun = 'no';
        break;
      } else if (!this.#take(character)) return undefined;
    }
    this.#flush();
    return escaped || this.#quote !== '' ? undefined : this.#words;
  }

  #append(text: string): void {
    this.#word += text;
    this.#begun = 'characters';
  }

  #escape(character: string): void {
    if (this.#quote === '`' || this.#quote === '(') this.#append(`\\${character}`);
    else this.#append(character === 't' ? '\t' : character === 'n' ? '\n' : character);
  }

  #space(character: string): void {
    if (this.#quote === '') this.#flush();
    else this.#word += character;
  }

  #take(character: string): boolean {
    if (character === '`' && (this.#quote === '' || this.#quote === '`')) {
      this.#quote = this.#quote === '' ? '`' : '';
      this.#append(character);
      return true;
    }
    if (character === '"' || character === "'") return this.#quoteMark(character);
    if (character === '(' || character === ')') return this.#bracket(character);
    this.#append(character);
    return true;
  }

  #quoteMark(character: '"' | "'"): boolean {
    if (this.#quote === character) {
      this.#quote = '';
      this.#begun = 'quotes';
    } else if (this.#quote === '') this.#quote = character;
    else this.#append(character);
    return true;
  }

  /** A bracket outside quotes is allowed as part of `$(…)` only. */
  #bracket(character: '(' | ')'): boolean {
    if (this.#quote !== '' && this.#quote !== '(') {
      this.#append(character);
      return true;
    }
    const opens = character === '(' && this.#quote === '' && /(?:^|[^\\])\$$/.test(this.#word);
    const closes = character === ')' && this.#quote === '(';
    if (!opens && !closes) return false;
    this.#quote = opens ? '(' : '';
    if (opens) this.#word += character;
    else this.#append(character);
    return true;
  }

  #flush(): void {
    if (this.#begun === 'quotes' || (this.#begun === 'characters' && this.#word !== '')) this.#words.push(this.#word);
    this.#word = '';
    this.#begun = 'no';
  }
}
