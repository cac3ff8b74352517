import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matches } from './pattern.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.', '(') });

describe('a pattern', () => {
  it('is what a regular expression says with `.*` for each star', () => {
    fc.assert(
      fc.property(text, text, (pattern, name) => {
        const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
        expect(matches(pattern, name)).toBe(new RegExp(`^${parts.join('[^]*')}$`).test(name));
      }),
      { numRuns: 1_000 },
    );
  });

  it('needs no more time for many stars', () => {
    expect(matches('a*'.repeat(500), 'a'.repeat(10_000))).toBe(true);
    expect(matches(`${'a*'.repeat(500)}b`, 'a'.repeat(10_000))).toBe(false);
  });
});
