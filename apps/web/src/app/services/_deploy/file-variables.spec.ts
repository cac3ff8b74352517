import { describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../api/error-details.ts';
import { fileVariables, withOffered } from './file-variables.ts';

const problem = (what: string, part: Partial<Problem> = {}): Problem => ({
  code: 'CPS0202',
  where: 'stack.yml:3:12',
  what,
  remedy: null,
  ...part,
});

describe('fileVariables', () => {
  it('reads name, place and reason of what a compilation asks for', () => {
    expect(fileVariables([problem('The required variable TAG has no value: which version.')])).toEqual([
      { name: 'TAG', where: 'stack.yml:3:12', reason: 'which version' },
    ]);
    expect(fileVariables([problem('The required variable TAG has no value.')])[0]?.reason).toBeNull();
  });

  it('names each once, at its first place', () => {
    const twice = [
      problem('The required variable A has no value.'),
      problem('The required variable A has no value.', { where: 'b' }),
    ];
    expect(fileVariables(twice)).toEqual([{ name: 'A', where: 'stack.yml:3:12', reason: null }]);
  });

  it('is empty for other problems', () => {
    expect(fileVariables([problem('The required variable A has no value.', { code: 'CPS0101' })])).toEqual([]);
    expect(fileVariables([problem('Something else.')])).toEqual([]);
  });
});

describe('withOffered', () => {
  const tag = { name: 'TAG', where: null, reason: null };
  const greeting = { name: 'GREETING', where: null, reason: null };

  it('adds new ones behind those that are offered already', () => {
    expect(withOffered([tag], [greeting, tag])).toEqual([tag, greeting]);
  });

  it('is the same list when nothing is new', () => {
    const offered = [tag];
    expect(withOffered(offered, [tag])).toBe(offered);
  });
});
