import { describe, expect, it } from '@jest/globals';
import { filled, from, settle, some } from './sourced.ts';

describe('settle', () => {
  it('drops what is undefined and keeps where the rest comes from', () => {
    const draft = from('/services/web', {
      a: undefined,
      list: some([from('/x', { b: 1 }), undefined, from('/y', 'c')]),
      'k/~': from('/z', undefined),
      empty: filled({ d: undefined }),
    });
    expect(settle(draft)).toEqual({
      value: { list: [{ b: 1 }, 'c'] },
      sources: [
        { pointer: '', path: '/services/web' },
        { pointer: '/list/0', path: '/x' },
        { pointer: '/list/1', path: '/y' },
      ],
    });
  });

  it('escapes keys in pointers', () => {
    expect(settle({ 'a/b': { '~c': from('/x', 1) } }).sources).toEqual([{ pointer: '/a~1b/~0c', path: '/x' }]);
  });
});
