import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matches } from '../matches.ts';
import { CONDITION, REQUEST } from '../../testing/arbitraries.ts';
import { printRule } from '../../testing/print-rule.ts';
import { alternativesOf } from './alternatives.ts';
import { readRule } from './read-rule.ts';
import { RuleProblem } from './rule-problem.ts';

describe('rules, whatever they say', () => {
  it('are read as the condition that they print', () => {
    fc.assert(
      fc.property(CONDITION, (condition) => {
        const rule = printRule(condition);
        fc.pre(rule.length < 8_000);
        expect(readRule(rule, 'v3')).toEqual(condition);
      }),
      { numRuns: 1_000 },
    );
  });

  it('take the same requests as their alternatives', () => {
    fc.assert(
      fc.property(CONDITION, fc.array(REQUEST, { minLength: 1, maxLength: 20 }), (condition, requests) => {
        const alternatives = alternativesOf(condition);
        fc.pre(alternatives !== undefined);
        for (const request of requests) {
          const taken = alternatives.some(
            ({ all, none }) =>
              all.every((matcher) => matches(matcher, request)) && !none.some((matcher) => matches(matcher, request)),
          );
          expect(taken).toBe(matches(condition, request));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('end in a condition or a place within them, whatever is written', () => {
    const pieces = fc.constantFrom(
      'Host',
      '(',
      ')',
      '`',
      '"',
      '\\',
      '&&',
      '||',
      '!',
      ',',
      '{',
      '}',
      '/',
      'a',
      '\n',
      '[',
      '*',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((some) => some.join('')),
        ),
        (rule) => {
          for (const syntax of ['v2', 'v3', 'any'] as const) {
            const read = readRule(rule, syntax);
            if (read instanceof RuleProblem) {
              expect(read.offset).toBeGreaterThanOrEqual(0);
              expect(read.offset).toBeLessThanOrEqual(rule.length);
            }
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
