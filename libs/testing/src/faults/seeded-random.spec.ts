import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from './seeded-random.ts';

const draw = (random: SeededRandom): number[] => Array.from({ length: 20 }, () => random.next());

describe('numbers from a seed', () => {
  it('are the same for the same seed and others for another one', () => {
    expect(draw(new SeededRandom(7))).toEqual(draw(new SeededRandom(7)));
    expect(draw(new SeededRandom(7))).not.toEqual(draw(new SeededRandom(8)));
  });

  it('of a named stream do not depend on what was drawn before', () => {
    const used = new SeededRandom(7);
    draw(used);
    expect(draw(used.fork('watch'))).toEqual(draw(new SeededRandom(7).fork('watch')));
    expect(draw(used.fork('watch'))).not.toEqual(draw(used.fork('reset')));
  });

  it('lie between both ends and reach them', () => {
    const random = new SeededRandom(1);
    const drawn = new Set(Array.from({ length: 200 }, () => random.between(3, 5)));
    expect([...drawn].sort()).toEqual([3, 4, 5]);
  });

  it('bring a list into another order without losing any of it', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const shuffled = new SeededRandom(1).shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
  });
});
