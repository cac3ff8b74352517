import { describe, expect, it } from '@jest/globals';
import { nameError, suggestName } from './upload-name.ts';

describe('suggestName', () => {
  it.each([
    ['notes', 'notes'],
    ['My Notes (2)', 'my-notes-2'],
    ['Größe', 'gro-e'],
    ['__app__', 'app'],
    ['東京', ''],
    [`${'a'.repeat(62)}-b`, 'a'.repeat(62)],
  ])('makes of %s a name that the contract takes', (text, name) => {
    expect(suggestName(text)).toBe(name);
    expect(name === '' || nameError(name) === undefined).toBe(true);
  });
});

describe('nameError', () => {
  it('says what the contract has against a name', () => {
    expect(nameError('Notes')).toMatch(/lower-case/);
    expect(nameError('notes')).toBeUndefined();
  });
});
