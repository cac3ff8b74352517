import { TEMPLATE_LIMITS } from '../limits.ts';
import type { VariableReference } from '../load-input.ts';

type Operator = ':-' | '-' | ':?' | '?' | ':+' | '+';

/** A piece of a template: plain text, or a variable with an operator and the raw text after it. */
export type TemplatePart =
  { readonly text: string } | { readonly name: string; readonly operator?: Operator; readonly operand: string };

/**
 * Reads a template without evaluating it. Undefined: it is not in a valid form. A brace opens one level and a
 * closing brace ends it; a braced expression ends in the line it began in.
 */
export function parseTemplate(text: string): readonly TemplatePart[] | undefined {
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0) break;
    literal += text.slice(at, dollar);
    const read = readExpression(text, dollar);
    if (!read) return undefined;
    if ('text' in read.part) literal += read.part.text;
    else {
      if (literal) parts.push({ text: literal });
      literal = '';
      parts.push(read.part);
    }
    at = read.end;
  }
  literal += text.slice(at);
  if (literal) parts.push({ text: literal });
  return parts;
}

interface Read {
  readonly part: TemplatePart;
  readonly end: number;
}

function readExpression(text: string, dollar: number): Read | undefined {
  const next = text[dollar + 1];
  if (next === '$') return { part: { text: '$' }, end: dollar + 2 };
  if (next === '{') return readBraced(text, dollar);
  const name = nameAt(text, dollar + 1);
  if (!name) return { part: { text: '$' }, end: dollar + 1 };
  return { part: { name, operand: '' }, end: dollar + 1 + name.length };
}

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /:?[-?+]/y;

function nameAt(text: string, start: number): string {
  NAME.lastIndex = start;
  return NAME.exec(text)?.[0] ?? '';
}

function readBraced(text: string, dollar: number): Read | undefined {
  const name = nameAt(text, dollar + 2);
  if (!name) return undefined;
  const afterName = dollar + 2 + name.length;
  if (text[afterName] === '}') return { part: { name, operand: '' }, end: afterName + 1 };
  const operator = operatorAt(text, afterName);
  if (!operator) return undefined;
  const close = closingBrace(text, dollar);
  if (close === undefined) return undefined;
  const operand = text.slice(afterName + operator.length, close);
  return { part: { name, operator, operand }, end: close + 1 };
}

function operatorAt(text: string, at: number): Operator | undefined {
  OPERATOR.lastIndex = at;
  return OPERATOR.exec(text)?.[0] as Operator | undefined;
}

/** Where the expression ends: at the brace that closes it, else at the last one of the line. */
function closingBrace(text: string, dollar: number): number | undefined {
  const lineEnd = text.indexOf('\n', dollar);
  const end = lineEnd < 0 ? text.length : lineEnd;
  let depth = 0;
  let last: number | undefined;
  for (let at = dollar; at < end; at += 1) {
    if (text[at] === '}') {
      last = at;
      depth -= 1;
      if (depth === 0) return at;
    } else if (text[at] === '{') {
      depth += 1;
      // The reference skips the character after an opening brace, so `{}` inside a default opens only.
      at += 1;
      if (text[at] === '}') last = at;
    }
  }
  return last;
}

export type Lookup = (name: string) => string | undefined;

export type TemplateLimit = 'nestingMax' | 'charactersMax';

/** `beyond`: the form is right, but nested or long beyond this limit. */
export type Substitution =
  | { readonly value: string }
  | { readonly invalid: true; readonly beyond?: TemplateLimit }
  | { readonly missing: string; readonly reason: string };

/** Evaluates a template. Defaults and messages are evaluated only when they are used. */
export function substitute(
  text: string,
  lookup: Lookup,
  onUnset: (name: string) => void = () => undefined,
  nesting = 0,
): Substitution {
  if (!text.includes('$')) return { value: text };
  if (nesting > TEMPLATE_LIMITS.nestingMax) return { invalid: true, beyond: 'nestingMax' };
  const parts = parseTemplate(text);
  if (!parts) return { invalid: true };
  let value = '';
  let failure: Substitution | undefined;
  for (const part of parts) {
    const result = evaluatePart(part, lookup, onUnset, nesting);
    if ('value' in result) value += result.value;
    else failure ??= result;
    if (value.length > TEMPLATE_LIMITS.charactersMax) return { invalid: true, beyond: 'charactersMax' };
  }
  return failure ?? { value };
}

function evaluatePart(
  part: TemplatePart,
  lookup: Lookup,
  onUnset: (name: string) => void,
  nesting: number,
): Substitution {
  if ('text' in part) return { value: part.text };
  const value = lookup(part.name);
  const { operator, operand } = part;
  if (!operator) {
    if (value === undefined) onUnset(part.name);
    return { value: value ?? '' };
  }
  const counts = value !== undefined && (value !== '' || !operator.startsWith(':'));
  const nested = (): Substitution => substitute(operand, lookup, onUnset, nesting + 1);
  if (operator.endsWith('+')) return counts ? nested() : { value: value ?? '' };
  if (counts) return { value: value ?? '' };
  if (operator.endsWith('-')) return nested();
  const reason = nested();
  return 'value' in reason ? { missing: part.name, reason: reason.value } : reason;
}

const KINDS: Record<string, VariableReference['kind']> = { '-': 'default', '?': 'required', '+': 'alternative' };

/** The variables a template refers to, those inside defaults included, each form once. */
export function variablesOf(text: string, nesting = 0): readonly VariableReference[] {
  if (!text.includes('$') || nesting > TEMPLATE_LIMITS.nestingMax) return [];
  const found = new Map<string, VariableReference>();
  for (const part of parseTemplate(text) ?? []) {
    if ('text' in part) continue;
    const reference = referenceOf(part);
    for (const each of [reference, ...variablesOf(part.operand, nesting + 1)]) {
      const key = `${each.name} ${each.kind} ${each.fallback ?? ''}`;
      if (!found.has(key)) found.set(key, each);
    }
  }
  return [...found.values()];
}

function referenceOf(part: Exclude<TemplatePart, { text: string }>): VariableReference {
  const { name, operator, operand } = part;
  if (!operator) return { name, kind: 'plain', emptyCountsAsUnset: false };
  const kind = KINDS[operator.slice(-1)] ?? 'plain';
  return { name, kind, fallback: operand, emptyCountsAsUnset: operator.startsWith(':') };
}
