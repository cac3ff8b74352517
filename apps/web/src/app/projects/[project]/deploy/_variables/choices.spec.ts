import { describe, expect, it } from '@jest/globals';
import { choicesOf } from './choices.ts';
import { shownVariable } from './shown-variable.ts';
import { candidate, variable } from './testing/variable.ts';

const candidates = [
  candidate('typed', 'mine'),
  candidate('settings', 'set'),
  candidate('scan', null),
  candidate('default', 'fallback'),
];
const shown = (typed?: string) =>
  shownVariable(variable('A', { candidates, is_set: true }), {
    values: new Map(typed === undefined ? [] : [['A', typed]]),
    ...{ secrets: new Map(), remembered: [] },
  });

describe('choicesOf', () => {
  it('offers every source but what is typed; the best by itself, others by copying', () => {
    expect(choicesOf(shown()).map(({ candidate: { source }, choose }) => [source, choose])).toEqual([
      ['settings', { value: undefined }],
      ['scan', null],
      ['default', { value: 'fallback' }],
    ]);
  });

  it('says which is in use', () => {
    expect(choicesOf(shown()).map(({ isChosen }) => isChosen)).toEqual([true, false, false]);
    expect(choicesOf(shown('fallback')).map(({ isChosen }) => isChosen)).toEqual([false, false, true]);
    expect(choicesOf(shown('other')).map(({ isChosen }) => isChosen)).toEqual([false, false, false]);
  });
});
