import { RuleProblem } from './rule-problem.ts';
import type { Token } from './tokens.ts';
import { tokensOf } from './tokens.ts';

/** A rule as it is written, before anything is known of its matchers. */
export type RuleTree =
  | { readonly kind: 'and' | 'or'; readonly of: readonly RuleTree[] }
  | { readonly kind: 'not'; readonly of: RuleTree }
  | Call;

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly offset: number;
  readonly values: readonly CallValue[];
}

export interface CallValue {
  readonly text: string;
  readonly offset: number;
}

/** Of brackets and `!`, one in another. */
const DEPTH_MAX = 64;

/** Throws a RuleProblem. */
export function ruleTree(rule: string): RuleTree {
  return new TreeReader(rule).whole();
}

class TreeReader {
  readonly #tokens: Iterator<Token, Token>;
  #next: Token;

  constructor(rule: string) {
    this.#tokens = tokensOf(rule);
    this.#next = this.#tokens.next().value;
  }

  whole(): RuleTree {
    const tree = this.#or(0);
    this.#take('end', '&&, || or the end of the rule');
    return tree;
  }

  #or(depth: number): RuleTree {
    return this.#joined('or', '||', () => this.#joined('and', '&&', () => this.#one(depth)));
  }

  #joined(kind: 'and' | 'or', sign: '&&' | '||', part: () => RuleTree): RuleTree {
    const first = part();
    if (this.#next.kind !== sign) return first;
    const of = [first];
    while (this.#next.kind === sign) {
      this.#take(sign, sign);
      of.push(part());
    }
    return { kind, of };
  }

  #one(depth: number): RuleTree {
    const { kind, offset } = this.#next;
    if (kind !== '!' && kind !== '(') return this.#call();
    if (depth === DEPTH_MAX) throw new RuleProblem(offset, `it is nested more than ${DEPTH_MAX} deep`);
    this.#take(kind, kind);
    if (kind === '!') return { kind: 'not', of: this.#one(depth + 1) };
    const inner = this.#or(depth + 1);
    this.#take(')', '&&, || or )');
    return inner;
  }

  #call(): Call {
    const { value: name, offset } = this.#take('name', 'a matcher such as Host(`shop.example.org`)');
    this.#take('(', '( after the matcher');
    const values: CallValue[] = [];
    while (!this.#isNext(')')) {
      const { value: text, offset: at } = this.#take('text', 'a value in backticks or double quotes');
      values.push({ text, offset: at });
      if (!this.#isNext(',')) break;
      this.#take(',', ',');
    }
    this.#take(')', ', or )');
    return { kind: 'call', name, offset, values };
  }

  #isNext(kind: Token['kind']): boolean {
    return this.#next.kind === kind;
  }

  #take(kind: Token['kind'], expected: string): Token {
    const token = this.#next;
    if (token.kind !== kind) throw this.#unexpected(expected);
    if (kind !== 'end') this.#next = this.#tokens.next().value;
    return token;
  }

  #unexpected(expected: string): RuleProblem {
    return new RuleProblem(this.#next.offset, `expected ${expected}`);
  }
}
