import { describe, expect, it } from '@jest/globals';
import { initialSettingForm, settingErrors, toPutRequest } from './setting-form.ts';

const kept = { updated_at: '2026-01-01T00:00:00.000Z', updated_by: 'operator' };

describe('a setting’s form', () => {
  it('starts a new one with the judgement left to the server', () => {
    expect(toPutRequest({ ...initialSettingForm(null), path: ' a.b ', value: '' })).toEqual({ path: 'a.b', value: '' });
  });

  it('keeps a changed one as secret or open as it was', () => {
    const open = initialSettingForm({ path: 'a', value: 'x', is_secret: false, ...kept });
    const secret = initialSettingForm({ path: 'b', value: null, is_secret: true, ...kept });
    expect(toPutRequest(open)).toEqual({ path: 'a', value: 'x', is_secret: false });
    expect(toPutRequest({ ...secret, value: 'new' })).toEqual({ path: 'b', value: 'new', is_secret: true });
  });

  it.each(['', 'a..b', '.a', 'a b', 'a/b', 'a'.repeat(201)])('is refused by the contract for the path "%s"', (path) => {
    expect(Object.keys(settingErrors({ path, value: 'x', secrecy: 'automatic' }))).toEqual(['path']);
  });

  it('fits the contract with a path of words and dots', () => {
    expect(settingErrors({ path: 'services.notes:api.MODE', value: '', secrecy: 'open' })).toEqual({});
  });
});
