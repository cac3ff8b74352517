import { describe, expect, it } from '@jest/globals';
import { inDisplayOrder, shownVariable } from './shown-variable.ts';
import { candidate, variable } from './testing/variable.ts';

const nothing = { values: new Map<string, string>(), secrets: new Map<string, boolean>(), remembered: [] };
const typed = (text: string) => ({ ...nothing, values: new Map([['A', text]]) });
const kept = { name: 'A', service: null, source: 'typed', is_secret: true, value: null } as const;

describe('shownVariable', () => {
  it('has what the best candidate says', () => {
    const a = variable('A', { candidates: [candidate('scan', 'x'), candidate('default', 'y')], is_set: true });
    expect(shownVariable(a, nothing)).toMatchObject({ text: 'x', source: 'scan', isSet: true, reason: 'from scan' });
  });

  it('has what is typed, also the empty text, over everything', () => {
    const a = variable('A', { candidates: [candidate('settings', 'x')], is_set: true, is_required: true });
    expect(shownVariable(a, typed(''))).toMatchObject({ text: '', source: 'typed', isSet: true, isMissing: false });
  });

  it('forgets a typed value at once, though the answer still has it', () => {
    const candidates = [candidate('typed', 'old'), candidate('default', 'y')];
    const a = variable('A', { source: 'typed', value: 'old', is_set: true, candidates });
    expect(shownVariable(a, nothing)).toMatchObject({ text: 'y', source: 'default' });
    const alone = { ...a, candidates: [candidate('typed', 'old')], is_required: true };
    expect(shownVariable(alone, nothing)).toMatchObject({ text: '', source: 'none', isMissing: true });
  });

  it('does not take what is only offered', () => {
    const a = variable('A', { candidates: [candidate('scan', 'x', { eligible: false })], is_required: true });
    expect(shownVariable(a, nothing)).toMatchObject({ isSet: false, isMissing: true });
  });

  it('has as set a secret that the stack keeps, though nobody shows it', () => {
    const a = variable('A', { is_required: true, candidates: [candidate('default', 'y')] });
    expect(shownVariable(a, { ...nothing, remembered: [kept] })).toMatchObject({
      ...{ text: '', source: 'remembered', isSet: true, isSecret: true, isMissing: false },
    });
    const fromFile = variable('A', { candidates: [candidate('env_file', 'x')], is_set: true });
    expect(shownVariable(fromFile, { ...nothing, remembered: [kept] })).toMatchObject({ source: 'env_file' });
  });

  it('hides what the user marks as secret, but not what is being typed', () => {
    const a = variable('A', { candidates: [candidate('default', 'y')], is_set: true });
    const secrets = new Map([['A', true]]);
    expect(shownVariable(a, { ...nothing, secrets })).toMatchObject({ text: '', isSecret: true });
    expect(shownVariable(a, { ...typed('mine'), secrets })).toMatchObject({ text: 'mine', isSecret: true });
  });

  it('judges a typed secret anew, and no longer says that the old one is weak', () => {
    const a = variable('A', {
      is_secret: true,
      is_set: true,
      weak: 'it is the file’s default',
      candidates: [candidate('default', null)],
    });
    expect(shownVariable(a, nothing).weak).toBe('it is the file’s default');
    expect(shownVariable(a, typed('password')).weak).not.toBeNull();
    expect(shownVariable(a, typed('vT9!q2#Lw8@Zr5%Nx3^')).weak).toBeNull();
  });
});

describe('inDisplayOrder', () => {
  it('has required ones first, those without a value before all, then weak ones, then the others by name', () => {
    const variables = [
      variable('PLAIN'),
      variable('WEAK', { weak: 'short' }),
      variable('SET', { is_required: true, is_set: true }),
      variable('MISSING', { is_required: true }),
      variable('ALSO'),
    ];
    expect(inDisplayOrder(variables).map(({ name }) => name)).toEqual(['MISSING', 'SET', 'WEAK', 'ALSO', 'PLAIN']);
  });
});
