import { describe, expect, it } from '@jest/globals';
import type { VariableEdit } from './environment-edits.ts';
import type { EnvironmentVariable } from './environment-variable.ts';
import { fromCompose, fromScan, fromSetting, saved, setting, variable } from './testing/sample-environment.ts';
import { shownVariable } from './shown-variable.ts';
import { sourceText } from './value-source.ts';

const settings = [setting('settings.model', 'large'), setting('api_keys.openai', null)];
const shown = (of: EnvironmentVariable, edit?: VariableEdit) => shownVariable(of, edit, settings);
const sourceOf = (of: EnvironmentVariable, edit?: VariableEdit) => sourceText(shown(of, edit).source);

const port = variable('PORT', { candidates: [fromCompose('80')] });
const key = variable('API_KEY', { candidates: [fromCompose(null)] });

describe('shownVariable', () => {
  it('names the source of each value, and where exactly (B10)', () => {
    expect(sourceOf(port)).toBe('Compose');
    expect(sourceOf(variable('A'))).toBe('Not set');
    expect(sourceOf(variable('A', { candidates: [saved('x'), fromCompose('y')] }))).toBe('Saved');
    expect(sourceOf(variable('A', { candidates: [saved('')] }))).toBe('Saved empty');
    expect(sourceOf(variable('A', { candidates: [fromSetting('settings.a', 'x')] }))).toBe('Settings settings.a');
    expect(sourceOf(variable('REDIS_URL', { candidates: [fromScan('redis://r:6379')] }))).toBe('Scan infra/redis');
  });

  it('says Scan alone when the reason names no Service', () => {
    expect(sourceOf(variable('A', { candidates: [fromScan('x', { reason: 'found' })] }))).toBe('Scan');
  });

  it('does not take what is only offered for the value', () => {
    const offered = variable('REDIS_URL', { candidates: [fromScan('redis://r:6379', { eligible: false })] });
    expect(shown(offered)).toMatchObject({ isSet: false, text: '' });
  });

  it('tells an empty value from none', () => {
    expect(shown(variable('A', { candidates: [fromCompose('')] }))).toMatchObject({ isSet: true, value: '' });
    expect(shown(variable('A'))).toMatchObject({ isSet: false, value: null });
    expect(sourceOf(port, { value: { kind: 'text', text: '' } })).toBe('Typed empty');
  });

  it('shows what was typed, also into a secret', () => {
    expect(shown(key, { value: { kind: 'text', text: 'sk-1' } })).toMatchObject({ text: 'sk-1', isSecret: true });
  });

  it('shows the value of a chosen setting only when it is not secret', () => {
    expect(shown(port, { value: { kind: 'setting', path: 'settings.model' } })).toMatchObject({
      text: 'large',
      isSecret: false,
    });
    expect(shown(port, { value: { kind: 'setting', path: 'api_keys.openai' } })).toMatchObject({
      text: '',
      isSet: true,
      isSecret: true,
    });
  });

  it('takes a setting it does not know for secret', () => {
    expect(shown(port, { value: { kind: 'setting', path: 'gone' } }).isSecret).toBe(true);
  });

  it('falls to the next source when what was saved is to be forgotten', () => {
    const kept = variable('A', { candidates: [saved('x'), fromScan('s', { eligible: false }), fromCompose('y')] });
    expect(shown(kept, { value: { kind: 'forget' } })).toMatchObject({ text: 'y', source: { kind: 'compose' } });
    expect(shown(variable('A', { candidates: [saved('x')] }), { value: { kind: 'forget' } }).isSet).toBe(false);
  });

  it('hides a value as soon as it is marked secret, and shows none that it never had', () => {
    expect(shown(port, { secret: true })).toMatchObject({ text: '', value: null, isSecret: true, isSet: true });
    expect(shown(key, { secret: false })).toMatchObject({ text: '', isSecret: false, isSet: true });
  });

  it('calls a required variable missing until it has a value, the empty one included (U29)', () => {
    const required = variable('HOST', { is_required: true });
    expect(shown(required).isMissing).toBe(true);
    expect(shown(required, { value: { kind: 'text', text: '' } }).isMissing).toBe(false);
    expect(shown(required, { value: { kind: 'setting', path: 'api_keys.openai' } }).isMissing).toBe(false);
    expect(shown({ ...port, is_required: true }).isMissing).toBe(false);
  });
});
