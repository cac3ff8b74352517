import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { giveNames } from './give-names.ts';

describe('giveNames', () => {
  const request = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    name: fc.constantFrom('x', 'x.y', 'X_Y', 'z'.repeat(80), ''),
    fixed: fc.boolean(),
  });
  const requests = fc.uniqueArray(request, { selector: ({ key }) => key });

  it('names no two alike but what is there already, and that as it is called', () => {
    fc.assert(
      fc.property(requests, (all) => {
        const names = giveNames(all);
        const made = all.filter(({ fixed }) => !fixed).map(({ key }) => names.get(key));
        const there = all.filter(({ fixed }) => fixed);
        expect(there.every(({ key, name }) => names.get(key) === name)).toBe(true);
        expect(new Set(made).size).toBe(made.length);
        expect(there.some(({ name }) => made.includes(name))).toBe(false);
      }),
    );
  });

  it('the name of one that gives way does not depend on what else is there', () => {
    const [one, two] = [
      { key: 'b', name: 'x' },
      { key: 'c', name: 'x' },
    ];
    const alone = giveNames([{ key: 'a', name: 'x' }, two]).get('c');
    expect(giveNames([{ key: 'a', name: 'x' }, one, two]).get('c')).toBe(alone);
  });
});
