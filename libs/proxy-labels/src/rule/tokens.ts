import { RuleProblem } from './rule-problem.ts';
import { unquoted } from './unquoted.ts';

export interface Token {
  readonly kind: 'name' | 'text' | '(' | ')' | ',' | '!' | '&&' | '||' | 'end';
  readonly value: string;
  readonly offset: number;
}

/** Rules are expressions of Go: blanks, or one token. */
const SPACE = /[ \t\r\n]*/y;
const TOKEN = /(?<name>[A-Za-z_]\w*)|(?<raw>`[^`]*`)|(?<quoted>"(?:[^"\\\n]|\\[^\n])*")|(?<sign>&&|\|\||[!(),])/y;

/** A line may end after a sign only: where it ends after a name, a text or a bracket, an expression of Go ends as well. */
const ENDS_EXPRESSION = new Set<Token['kind']>(['name', 'text', ')']);

export function* tokensOf(rule: string): Generator<Token, Token> {
  let last: Token['kind'] = '(';
  let offset = 0;
  for (;;) {
    const start = pastSpace(rule, offset);
    if (start === rule.length) return { kind: 'end', value: '', offset: start };
    if (ENDS_EXPRESSION.has(last) && rule.slice(offset, start).includes('\n')) {
      throw new RuleProblem(offset, 'a line ends here, where the rule goes on; end it after && or ||');
    }
    const token = tokenAt(rule, start);
    yield token.token;
    last = token.token.kind;
    offset = token.end;
  }
}

function pastSpace(rule: string, offset: number): number {
  SPACE.lastIndex = offset;
  return offset + (SPACE.exec(rule)?.[0].length ?? 0);
}

function tokenAt(rule: string, offset: number): { readonly token: Token; readonly end: number } {
  TOKEN.lastIndex = offset;
  const found = TOKEN.exec(rule);
  if (found === null) throw new RuleProblem(offset, noToken(rule, offset));
  const { name, raw, quoted, sign } = found.groups ?? {};
  const end = offset + found[0].length;
  if (name !== undefined) return { token: { kind: 'name', value: name, offset }, end };
  if (raw !== undefined) return { token: { kind: 'text', value: raw.slice(1, -1).replaceAll('\r', ''), offset }, end };
  if (quoted !== undefined) return { token: { kind: 'text', value: unquoted(quoted, offset), offset }, end };
  return { token: { kind: sign as Token['kind'], value: '', offset }, end };
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
