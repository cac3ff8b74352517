import { describe, expect, it } from '@jest/globals';
import { isSatisfied } from './install-state.mjs';

describe('the check whether packages have to be installed', () => {
  const wanted = {
    '': { version: '0.1.0' },
    'libs/a': { version: '0.1.0' },
    'node_modules/@ushadow/a': { link: true },
    'node_modules/x': { version: '1.0.0' },
    'node_modules/only-darwin': { version: '1.0.0', optional: true },
  };
  const present = { 'node_modules/@ushadow/a': { link: true }, 'node_modules/x': { version: '1.0.0' } };

  it('is satisfied without packages for other systems', () => {
    expect(isSatisfied(wanted, present)).toBe(true);
  });

  it('notices another version', () => {
    expect(isSatisfied(wanted, { ...present, 'node_modules/x': { version: '1.0.1' } })).toBe(false);
  });

  it('notices a workspace that was added', () => {
    expect(isSatisfied({ ...wanted, 'node_modules/@ushadow/b': { link: true } }, present)).toBe(false);
  });
});
