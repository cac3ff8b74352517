import { describe, expect, it } from '@jest/globals';
import type { Setting } from './filter-settings.ts';
import { initialSettingForm, isReplacedBy, settingErrors, toPutRequest } from './setting-form.ts';

const kept = { project: null, for_uploads: false, updated_at: '2026-01-01T00:00:00.000Z', updated_by: 'operator' };

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
    expect(Object.keys(settingErrors({ ...initialSettingForm(null), path, value: 'x' }))).toEqual(['path']);
  });

  it('fits the contract with a path of words and dots', () => {
    expect(settingErrors({ ...initialSettingForm(null), path: 'services.notes:api.MODE', secrecy: 'open' })).toEqual(
      {},
    );
  });

  it('keeps who sees a changed one, and asks for nothing that was not chosen', () => {
    const seen = (scope: Pick<Setting, 'project' | 'for_uploads'>) =>
      toPutRequest(initialSettingForm({ path: 'a', value: 'x', is_secret: false, ...kept, ...scope }));
    const same = { path: 'a', value: 'x', is_secret: false };
    expect(seen({ project: null, for_uploads: false })).toEqual(same);
    expect(seen({ project: null, for_uploads: true })).toEqual({ ...same, for_uploads: true });
    expect(seen({ project: 'shop', for_uploads: false })).toEqual({ ...same, project: 'shop' });
  });

  it('replaces only a setting of the same path that the same projects see', () => {
    const own: Setting = { path: 'a', value: 'x', is_secret: false, ...kept, project: 'shop' };
    const form = { ...initialSettingForm(null), path: 'a' };
    expect(isReplacedBy(own, form)).toBe(false);
    expect(isReplacedBy(own, { ...form, audience: 'project', project: 'shop' })).toBe(true);
  });
});
