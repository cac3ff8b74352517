import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TextFinder } from './text-finder.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '😀'), maxLength: 6 });
const words = fc.uniqueArray(word, { maxLength: 12 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '😀', '-'), maxLength: 60 });
const longestFirst = (all: readonly string[]): readonly string[] =>
  all.filter((each) => each !== '').sort((a, b) => b.length - a.length || (a < b ? -1 : 1));

describe('TextFinder', () => {
  it('finds what a search for each text finds', () => {
    fc.assert(
      fc.property(words, text, (all, within) => {
        const finder = new TextFinder(all);
        const expected = [...all.keys()].filter((index) => all[index] !== '' && within.includes(all[index] ?? ''));
        expect(finder.foundIn(within)).toEqual(expected);
        expect(finder.isIn(within)).toBe(expected.length > 0);
      }),
    );
  });

  it('replaces as one replacement after the other does, the longest first, those without a placeholder left out', () => {
    fc.assert(
      fc.property(words, text, fc.nat(), (all, within, left) => {
        const sorted = longestFirst(all);
        const replacementOf = (index: number): string | undefined =>
          index === left % 12 ? undefined : String.fromCodePoint(0x100000 + index);
        const expected = sorted.reduce((known, each, index) => {
          const replacement = replacementOf(index);
          return replacement === undefined ? known : known.replaceAll(each, replacement);
        }, within);
        expect(new TextFinder(sorted).replaceIn(within, replacementOf)).toBe(expected);
      }),
    );
  });

  it('takes one pass for texts that all begin alike and lie in each other', () => {
    const all = Array.from({ length: 1_000 }, (_, index) => `${'1'.repeat(1_000 - index)}x`);
    const finder = new TextFinder(all);
    const within = '1'.repeat(200_000);
    const before = process.cpuUsage();
    expect(finder.isIn(within)).toBe(false);
    expect(finder.foundIn(`${within}x`)).toHaveLength(1_000);
    expect(finder.replaceIn(`${within}x`, () => '***')).toBe(`${'1'.repeat(199_000)}***`);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});
