import { describe, expect, it } from '@jest/globals';
import { splitWords } from './split-words.ts';

describe('splitWords', () => {
  it.each([
    ['a  b', ['a', 'b']],
    [`a 'b c' "d e"`, ['a', 'b c', 'd e']],
    [`x="1 2"y`, ['x=1 2y']],
    ['a\\ b', ['a b']],
    [`"a\\"b" '\\n'`, ['a"b', '\\n']],
    [`''`, ['']],
    ['', []],
  ])('%j', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });
});
