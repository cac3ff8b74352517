import { RuleProblem } from './rule-problem.ts';
import { unquoted } from './unquoted.ts';

export interface Token {
  readonly kind: 'name' | 'text' | '(' | ')' | ',' | '!' | '&&' | '||' | 'end';
  readonly value: string;
  readonly offset: number;
}

/** Rules are expressions of Go. */
const SPACE = /[ \t\r\n]*/y;
const SIGN = /&&|\|\||[!(),]/y;
const NAME = /[A-Za-z_]\w*/y;
const RAW = /`[^`]*`/y;
const QUOTED = /"(?:[^"\\\n]|\\[^\n])*"/y;

/** A line may end after a sign only: where it ends after a name, a text or a bracket, an expression of Go ends as well. */
const ENDS_EXPRESSION = new Set<Token['kind']>(['name', 'text', ')']);

export function* tokensOf(rule: string): Generator<Token, Token> {
  let last: Token['kind'] = '(';
  let offset = 0;
  for (;;) {
    const space = found(SPACE, rule, offset) ?? '';
    const start = offset + space.length;
    if (start === rule.length) return { kind: 'end', value: '', offset: start };
    if (ENDS_EXPRESSION.has(last) && space.includes('\n')) {
      throw new RuleProblem(offset, 'a line ends here, where the rule goes on; end it after && or ||');
    }
    const { written, ...token } = tokenAt(rule, start);
    yield token;
    last = token.kind;
    offset = start + written.length;
  }
}

function tokenAt(rule: string, offset: number): Token & { readonly written: string } {
  const sign = found(SIGN, rule, offset);
  if (sign !== undefined) return { kind: sign as Token['kind'], value: sign, offset, written: sign };
  const name = found(NAME, rule, offset);
  if (name !== undefined) return { kind: 'name', value: name, offset, written: name };
  const raw = found(RAW, rule, offset);
  if (raw !== undefined) return { kind: 'text', value: raw.slice(1, -1).replaceAll('\r', ''), offset, written: raw };
  const text = found(QUOTED, rule, offset);
  if (text !== undefined) return { kind: 'text', value: unquoted(text, offset), offset, written: text };
  throw new RuleProblem(offset, noToken(rule, offset));
}

function found(pattern: RegExp, rule: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(rule)?.[0];
}

function noToken(rule: string, offset: number): string {
  const [character = ''] = rule.slice(offset, offset + 2);
  switch (character) {
    case '`':
    case '"':
      return 'the quote is not closed';
    case "'":
      return "values stand in backticks or double quotes, not in '";
    case '&':
    case '|':
      return `write ${character}${character}`;
    default:
      return `"${character}" is not expected`;
  }
}
