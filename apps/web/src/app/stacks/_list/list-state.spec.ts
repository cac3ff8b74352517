import { describe, expect, it } from '@jest/globals';
import { listState } from './list-state.ts';

describe('the list of stacks', () => {
  it('says that there is none only where no page is left', () => {
    expect(listState({ items: [], hasMore: false }, false)).toBe('none');
    expect(listState({ items: [], hasMore: false }, true)).toBe('none-fits');
  });

  it('leads on from a page that has none', () => {
    expect(listState({ items: [], hasMore: true }, false)).toBe('more');
    expect(listState({ items: [], hasMore: true }, true)).toBe('more');
  });

  it('shows what has come, and says nothing before that', () => {
    expect(listState({ items: [{}], hasMore: true }, false)).toBe('stacks');
    expect(listState({ items: [{}], hasMore: false }, true)).toBe('stacks');
    expect(listState({ items: undefined, hasMore: false }, false)).toBe('unknown');
  });
});
