import { describe, expect, it } from '@jest/globals';
import { countsText } from './counts-text.ts';

describe('countsText', () => {
  it('names what there is, and leaves out what is none', () => {
    expect(countsText({ create: 1, update: 2, recreate: 0, delete: 0, unchanged: 3 })).toBe(
      '1 to create, 2 to update, 3 unchanged',
    );
    expect(countsText({ create: 0, update: 0, recreate: 1, delete: 1, unchanged: 0 })).toBe(
      '1 to recreate, 1 to delete',
    );
  });
});
