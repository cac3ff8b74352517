import { uploadLimits } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { isComplete, noSource } from './new-project.ts';

const pasted = { ...noSource, text: 'services: {}', name: 'shop' };

describe('a new project', () => {
  it('is complete with a text and a name that the contract takes', () => {
    expect(isComplete(pasted, false)).toBe(true);
    expect(isComplete({ ...pasted, text: '  ' }, false)).toBe(false);
    expect(isComplete({ ...pasted, name: 'No Name' }, false)).toBe(false);
  });

  it('takes the place of another only when that is said', () => {
    expect(isComplete(pasted, true)).toBe(false);
    expect(isComplete({ ...pasted, replace: true }, true)).toBe(true);
  });

  it('keeps the limits for pasted text too', () => {
    expect(isComplete({ ...pasted, text: 'x'.repeat(uploadLimits.fileBytes + 1) }, false)).toBe(false);
  });

  it('needs files when it comes from files', () => {
    expect(isComplete({ ...pasted, from: 'files' }, false)).toBe(false);
  });
});
