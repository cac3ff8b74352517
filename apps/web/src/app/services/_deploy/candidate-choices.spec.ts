import { describe, expect, it } from '@jest/globals';
import { candidateChoices } from './candidate-choices.ts';
import type { ValueEdit } from './environment-edits.ts';
import type { EnvironmentVariable } from './environment-variable.ts';
import { fromCompose, fromScan, fromSetting, saved, variable } from './testing/sample-environment.ts';

const edits = (of: EnvironmentVariable) => candidateChoices(of, undefined).map(({ choose }) => choose?.edit ?? choose);
const chosen = (of: EnvironmentVariable, edit: ValueEdit | undefined) =>
  candidateChoices(of, edit).findIndex(({ isChosen }) => isChosen);

const redis = variable('REDIS_URL', {
  candidates: [
    fromScan('redis://found:6379'),
    fromCompose('redis://cache:6379'),
    fromScan('redis://odd:6379', { eligible: false }),
  ],
});

describe('candidateChoices', () => {
  it('offers every candidate, in order, also those that are never taken by themselves', () => {
    expect(candidateChoices(redis, undefined).map(({ candidate }) => candidate)).toEqual(redis.candidates);
  });

  it('takes the one in use without an edit, and copies the value of another', () => {
    expect(candidateChoices(redis, undefined)[0]?.choose).toEqual({ edit: undefined });
    expect(edits(redis).slice(1)).toEqual([
      { kind: 'text', text: 'redis://cache:6379', copiedFrom: 'the Compose file' },
      expect.objectContaining({ kind: 'text', text: 'redis://odd:6379' }),
    ]);
  });

  it('keeps a reference to a setting instead of its value (U25)', () => {
    const of = variable('MODEL', {
      candidates: [fromSetting('settings.model', 'large'), fromSetting('app.model', null), fromCompose('small')],
    });
    expect(edits(of)[1]).toEqual({ kind: 'setting', path: 'app.model' });
  });

  it('does not take a declaration filled from settings for a setting', () => {
    const filled = fromSetting('secrets.pw', 'http://u@h', { reason: 'the declaration, with the setting secrets.pw' });
    const of = variable('URL', { candidates: [fromSetting('settings.url', 'x'), filled] });
    expect(edits(of)[1]).toMatchObject({ kind: 'text', text: 'http://u@h' });
  });

  it('forgets the saved value to get at the next source, which then stays up to date', () => {
    const of = variable('A', { candidates: [saved('mine'), fromScan('found'), fromCompose('plain')] });
    expect(edits(of)).toEqual([
      { edit: undefined },
      { kind: 'forget' },
      { kind: 'text', text: 'plain', copiedFrom: 'the Compose file' },
    ]);
  });

  it('cannot choose a secret that only its source knows', () => {
    const of = variable('TOKEN', { candidates: [fromSetting('settings.token', null), fromCompose(null)] });
    expect(candidateChoices(of, undefined)[1]?.choose).toBeNull();
  });

  it('says which one is in use, before and after an edit', () => {
    expect(chosen(redis, undefined)).toBe(0);
    expect(chosen(redis, { kind: 'text', text: 'redis://cache:6379', copiedFrom: 'the Compose file' })).toBe(1);
    expect(chosen(redis, { kind: 'text', text: 'redis://cache:6379' })).toBe(-1);
    expect(chosen(redis, { kind: 'setting', path: 'x' })).toBe(-1);
  });

  it('has none in use where nothing is set', () => {
    expect(chosen(variable('A', { candidates: [fromScan('x', { eligible: false })] }), undefined)).toBe(-1);
  });
});
