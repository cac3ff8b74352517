import type { Condition, Matcher } from '../condition.ts';
import { isRange } from './address-range.ts';
import { goPattern } from './go-pattern.ts';
import { hostProblem, plainHost } from './host-name.ts';
import { RuleProblem } from './rule-problem.ts';
import type { Call, CallValue } from './rule-tree.ts';

interface Reading {
  /** How many values it takes. */
  readonly counts: readonly number[];
  readonly matcher: (call: Call) => Condition;
}

/** The matchers of Traefik 3. */
export const TRAEFIK_3: Readonly<Record<string, Reading>> = {
  Host: one((value) => ({ kind: 'host', value: hostOf(value) })),
  HostRegexp: one((value) => ({ kind: 'host-pattern', value: patternOf(value) })),
  Path: one((value) => ({ kind: 'path', value: pathOf(value) })),
  PathPrefix: one((value) => ({ kind: 'path-prefix', value: pathOf(value) })),
  PathRegexp: one((value) => ({ kind: 'path-pattern', value: patternOf(value) })),
  Method: one(({ text }) => ({ kind: 'method', value: text.toUpperCase() })),
  ClientIP: one((value) => ({ kind: 'client-ip', value: rangeOf(value) })),
  Header: two((name, { text }) => ({ kind: 'header', name, value: text })),
  HeaderRegexp: two((name, value) => ({ kind: 'header-pattern', name, value: patternOf(value) })),
  Query: oneOrTwo((name, { text }) => ({ kind: 'query', name, value: text })),
  QueryRegexp: oneOrTwo((name, value) => ({ kind: 'query-pattern', name, value: patternOf(value) })),
};

function one(matcher: (value: CallValue) => Matcher): Reading {
  return { counts: [1], matcher: ({ values: [value] }) => matcher(value ?? NO_VALUE) };
}

function two(matcher: (name: string, value: CallValue) => Matcher): Reading {
  return { counts: [2], matcher: ({ values: [name, value] }) => matcher(name?.text ?? '', value ?? NO_VALUE) };
}

/** A parameter alone must be there without a value. */
function oneOrTwo(matcher: (name: string, value: CallValue) => Matcher): Reading {
  return {
    counts: [1, 2],
    matcher: ({ values: [name, value] }) =>
      value === undefined ? { kind: 'query', name: name?.text ?? '', value: '' } : matcher(name?.text ?? '', value),
  };
}

const NO_VALUE: CallValue = { text: '', offset: 0 };

export function hostOf({ text, offset }: CallValue): string {
  const problem = hostProblem(text);
  if (problem !== undefined) throw new RuleProblem(offset, problem);
  return plainHost(text);
}

export function pathOf({ text, offset }: CallValue): string {
  if (!text.startsWith('/')) throw new RuleProblem(offset, 'a path begins with /');
  return text;
}

export function patternOf({ text, offset }: CallValue): string {
  const pattern = goPattern(text);
  if (typeof pattern === 'string') throw new RuleProblem(offset, pattern);
  return text;
}

export function rangeOf({ text, offset }: CallValue): string {
  if (!isRange(text)) throw new RuleProblem(offset, `"${text}" is no address and no range of them`);
  return text;
}
