import type { Condition, Matcher } from '../condition.ts';
import { RuleProblem } from './rule-problem.ts';
import type { Call, CallValue } from './rule-tree.ts';
import { hostOf, pathOf, patternOf, rangeOf } from './traefik-3.ts';

/** The matchers of Traefik 2: of several values any will do, of several headers and parameters all must be there. */
export const TRAEFIK_2: Readonly<Record<string, (call: Call) => Condition>> = {
  Host: anyOf((value) => ({ kind: 'host', value: exactHost(value) })),
  HostHeader: anyOf((value) => ({ kind: 'host', value: exactHost(value) })),
  HostRegexp: anyOf((value) => ({ kind: 'host-pattern', value: template(value, '[^.]+', true) })),
  Path: anyOf((value) =>
    hasBraces(pathOf(value))
      ? { kind: 'path-pattern', value: template(value, '[^/]+', true) }
      : { kind: 'path', value: value.text },
  ),
  PathPrefix: anyOf((value) =>
    hasBraces(pathOf(value))
      ? { kind: 'path-pattern', value: template(value, '[^/]+', false) }
      : { kind: 'path-prefix', value: value.text },
  ),
  Method: anyOf(({ text }) => ({ kind: 'method', value: text.toUpperCase() })),
  ClientIP: anyOf((value) => ({ kind: 'client-ip', value: rangeOf(value) })),
  Headers: pairs(({ text: name }, { text }) => ({ kind: 'header', name, value: text })),
  HeadersRegexp: pairs(({ text: name }, value) => ({ kind: 'header-pattern', name, value: patternOf(value) })),
  Query: (call) => pairs(parameter)({ ...call, values: call.values.flatMap(atEquals) }),
};

function anyOf(matcher: (value: CallValue) => Matcher): (call: Call) => Condition {
  return ({ values }) => joined('or', values.map(matcher));
}

function pairs(matcher: (name: CallValue, value: CallValue) => Matcher): (call: Call) => Condition {
  return ({ name, offset, values }) => {
    const found: Matcher[] = [];
    for (let at = 0; at < values.length; at += 2) {
      const [key, value] = values.slice(at, at + 2);
      if (key === undefined || value === undefined) throw new RuleProblem(offset, `${name} takes names with values`);
      found.push(matcher(key, value));
    }
    return joined('and', found);
  };
}

function joined(kind: 'and' | 'or', of: readonly Matcher[]): Condition {
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind, of };
}

/** `name=value`; without a value any will do. */
function parameter({ text: name }: CallValue, value: CallValue): Matcher {
  if (value.text === '') return { kind: 'query-pattern', name, value: '.*' };
  return hasBraces(value.text)
    ? { kind: 'query-pattern', name, value: template(value, '.*', true) }
    : { kind: 'query', name, value: value.text };
}

function atEquals({ text, offset }: CallValue): readonly CallValue[] {
  const at = text.indexOf('=');
  if (at < 0) return [{ text, offset }];
  return [
    { text: text.slice(0, at), offset },
    { text: text.slice(at + 1), offset },
  ];
}

function exactHost(value: CallValue): string {
  if (value.text.startsWith('*')) throw new RuleProblem(value.offset, 'Traefik 2 has no hosts with *; use HostRegexp');
  return hostOf(value);
}

/** Whether it has a `{name}` or `{name:pattern}` of Traefik 2. A quantity such as `{2,3}` is none. */
export function isTemplate(text: string): boolean {
  return /\{[A-Za-z_]\w*(?::|\})/.test(text);
}

function hasBraces(text: string): boolean {
  return /[{}]/.test(text);
}

/** A text with `{name}` and `{name:pattern}` as one pattern. */
function template(value: CallValue, anything: string, toTheEnd: boolean): string {
  const parts = partsOf(value).map(({ literal, pattern }) =>
    literal === undefined ? `(?:${pattern === undefined || pattern === '' ? anything : pattern})` : quoted(literal),
  );
  const pattern = `^${parts.join('')}${toTheEnd ? '$' : ''}`;
  return patternOf({ text: pattern, offset: value.offset });
}

interface Part {
  readonly literal?: string;
  readonly pattern?: string | undefined;
}

/** Braces may stand in the pattern, as many open as close. */
function partsOf({ text, offset }: CallValue): readonly Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{') {
      depth += 1;
      if (depth > 1) continue;
      parts.push({ literal: text.slice(from, at) });
      from = at + 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth > 0) continue;
      if (depth < 0) break;
      const inner = text.slice(from, at);
      const colon = inner.indexOf(':');
      if (inner === '' || colon === 0) throw new RuleProblem(offset, 'what is in { } begins with a name');
      parts.push({ pattern: colon < 0 ? undefined : inner.slice(colon + 1) });
      from = at + 1;
    }
  }
  if (depth !== 0) throw new RuleProblem(offset, 'as many { must open as } close');
  return [...parts, { literal: text.slice(from) }];
}

function quoted(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}
