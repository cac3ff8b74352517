import { describe, expect, it } from '@jest/globals';
import { named, fixturesMissing, table } from '../../testing/fixtures.ts';
import { substitute, variablesOf } from './template.ts';

interface Case {
  readonly n: number;
  readonly template: string;
  readonly expect?: string;
  readonly error?: 'invalid-template' | 'missing-required';
  readonly message?: string;
  readonly warnUnset?: number;
}

interface Table {
  readonly env: Record<string, string>;
  readonly cases: readonly Case[];
}

const EMPTY: Table = { env: {}, cases: [{ n: 0, template: 'x', expect: 'x', warnUnset: 0 }] };
const { env, cases } = table<Table>('compose-go/derived/interpolation-cases.json', EMPTY);

/** A few of each kind, so that the rules are held even without the fixtures. */
const OWN: readonly [template: string, expected: unknown][] = [
  ['a $A ${A} $$A', { value: 'a one one $A' }],
  ['${E:-d}${E-d}${N-d}${N:-d}', { value: 'ddd' }],
  ['${A:+r}${E:+r}${E+r}${N+r}', { value: 'rr' }],
  ['${N:-${M:-${A}}}', { value: 'one' }],
  ['${N:-{"x":1}}', { value: '{"x":1}' }],
  ['${N:?set ${A}}', { missing: 'N', reason: 'set one' }],
  ['${N?}', { missing: 'N', reason: '' }],
  ['${A?}${E?}', { value: 'one' }],
  ['5$ $5 $/', { value: '5$ $5 $/' }],
  ['${}', { invalid: true }],
  ['${ A}', { invalid: true }],
  ['${A', { invalid: true }],
  ['${A!}', { invalid: true }],
  ['${N:-a\nb}', { invalid: true }],
];

describe('substitute', () => {
  const own = (name: string): string | undefined => ({ A: 'one', E: '' })[name];
  it.each(OWN)('reads %s as Compose does', (template, expected) => {
    expect(substitute(template, own)).toEqual(expected);
  });

  it('asks for a default only when it is needed, so nothing unused is reported as not set', () => {
    const unset: string[] = [];
    substitute('${A:-${N}} ${A?${N}} ${N:+${M}} $X', own, (name) => unset.push(name));
    expect(unset).toEqual(['X']);
  });

  it('takes linear time for long and for nested texts', () => {
    expect(substitute('${N:-x}'.repeat(20_000), own)).toEqual({ value: 'x'.repeat(20_000) });
    expect(substitute(`${'${N:-'.repeat(5_000)}x${'}'.repeat(5_000)}`, own)).toEqual({
      invalid: true,
      beyond: 'nestingMax',
    });
  });

  it('stops where the text that comes out grows beyond its limit', () => {
    const lookup = () => 'x'.repeat(1_000);
    expect(substitute('$A'.repeat(2_000), lookup)).toEqual({ invalid: true, beyond: 'charactersMax' });
  });
});

describe(named('interpolation table'), () => {
  const lookup = (name: string): string | undefined => (Object.hasOwn(env, name) ? env[name] : undefined);
  (fixturesMissing ? it.skip : it).each(cases)('row $n: $template', (row) => {
    let unset = 0;
    const result = substitute(row.template, lookup, () => (unset += 1));
    if (row.error === 'invalid-template') expect(result).toEqual({ invalid: true });
    else if (row.error) {
      const { missing, reason } = result as { missing: string; reason: string };
      expect(`required variable ${missing} is missing a value${reason ? `: ${reason}` : ''}`).toBe(row.message);
    } else {
      expect(result).toEqual({ value: row.expect });
      expect(unset).toBe(row.warnUnset);
    }
  });
});

describe('variablesOf', () => {
  it('names every variable with its default, its need and its form', () => {
    expect(variablesOf('$A ${B:-${C?why}} ${D:+x}')).toEqual([
      { name: 'A', kind: 'plain', emptyCountsAsUnset: false },
      { name: 'B', kind: 'default', fallback: '${C?why}', emptyCountsAsUnset: true },
      { name: 'C', kind: 'required', fallback: 'why', emptyCountsAsUnset: false },
      { name: 'D', kind: 'alternative', fallback: 'x', emptyCountsAsUnset: true },
    ]);
  });
});
