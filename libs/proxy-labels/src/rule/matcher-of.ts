import type { Condition } from '../condition.ts';
import { RuleProblem } from './rule-problem.ts';
import type { Call } from './rule-tree.ts';
import { TRAEFIK_2, isTemplate } from './traefik-2.ts';
import { TRAEFIK_3 } from './traefik-3.ts';

/** `any`: nothing says of which Traefik it is; what both have is read as Traefik 3 does. */
export type RuleSyntax = 'v2' | 'v3' | 'any';

/** Throws a RuleProblem. */
export function matcherOf(call: Call, syntax: RuleSyntax): Condition {
  const name = fullName(call);
  for (const { text, offset } of call.values) {
    if (text === '') throw new RuleProblem(offset, `${name} has an empty value`);
  }
  if (call.values.length === 0) throw new RuleProblem(call.offset, `${name} has no value`);
  const of2 = TRAEFIK_2[name];
  const of3 = TRAEFIK_3[name];
  const is2 = syntax === 'v2' || (syntax === 'any' && of2 !== undefined && needs2(name, call));
  if (is2) {
    if (of2 === undefined) throw new RuleProblem(call.offset, `${name} is not known to Traefik 2`);
    return of2(call);
  }
  if (of3 === undefined) throw new RuleProblem(call.offset, `${name} is not known to Traefik 3`);
  const counts = of3.counts;
  if (!counts.includes(call.values.length)) {
    throw new RuleProblem(call.offset, `${name} takes ${counts.join(' or ')} values, not ${call.values.length}`);
  }
  return of3.matcher(call);
}

/** What Traefik 3 would refuse, and what it would take for names and values that no one means. */
function needs2(name: string, call: Call): boolean {
  const counts = TRAEFIK_3[name]?.counts;
  if (counts?.includes(call.values.length) !== true) return true;
  return call.values.some(
    ({ text }, index) => isTemplate(text) || (name === 'Query' && index === 0 && text.includes('=')),
  );
}

const NAMES: ReadonlyMap<string, string> = new Map(
  [...new Set([...Object.keys(TRAEFIK_2), ...Object.keys(TRAEFIK_3)])].flatMap((name) =>
    spellings(name).map((spelling) => [spelling, name]),
  ),
);

/** Traefik knows a matcher by four spellings. */
function spellings(name: string): readonly string[] {
  const small = name.toLowerCase();
  return [name, small, name.toUpperCase(), small.slice(0, 1).toUpperCase() + small.slice(1)];
}

function fullName({ name, offset }: Call): string {
  const known = NAMES.get(name);
  if (known !== undefined) return known;
  if (/^(HostSNI|HostSNIRegexp|ALPN)$/i.test(name)) throw new RuleProblem(offset, `${name} is for routes of TCP`);
  const meant = [...NAMES.values()].find((other) => other.toLowerCase() === name.toLowerCase());
  throw new RuleProblem(offset, `there is no matcher ${name}${meant === undefined ? '' : `; write ${meant}`}`);
}
