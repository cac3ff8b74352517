import { describe, expect, it } from '@jest/globals';
import type { VariableEdit } from './environment-edits.ts';
import type { EnvironmentVariable } from './environment-variable.ts';
import { lastUsed, lastUsedText } from './last-used.ts';
import { fromCompose, saved, setting, used, variable } from './testing/sample-environment.ts';
import { shownVariable } from './shown-variable.ts';

const settings = [setting('settings.model', 'large')];
const told = (of: EnvironmentVariable, edit?: VariableEdit) => {
  const last = lastUsed(of, edit, shownVariable(of, edit, settings));
  return last === null ? null : lastUsedText(last);
};
const model = (last: EnvironmentVariable['last_used']) =>
  variable('MODEL', { candidates: [fromCompose('small')], last_used: last });
const text = (value: string): VariableEdit => ({ value: { kind: 'text', text: value } });

describe('lastUsed', () => {
  it('says nothing where there was no deployment', () => {
    expect(told(model(null))).toBeNull();
  });

  it('says whether the value would change, and what it was (B10)', () => {
    expect(told(model(used('small', true)))).toBe('same as the last deployment');
    expect(told(model(used('large', false)))).toBe('last deployment: large; would change now');
    expect(told(model(used('', false)))).toBe('last deployment: empty; would change now');
  });

  it('compares with what the user has edited', () => {
    expect(told(model(used('large', false)), text('large'))).toBe('same as the last deployment');
    expect(told(model(used('small', true)), text('other'))).toBe('last deployment: small; would change now');
    expect(told(model(used('large', false)), { value: { kind: 'setting', path: 'settings.model' } })).toBe(
      'same as the last deployment',
    );
  });

  it('says of a secret only whether it is the same', () => {
    const token = (same: boolean) =>
      variable('TOKEN', { candidates: [fromCompose(null)], last_used: used(null, same) });
    expect(told(token(true))).toBe('same as the last deployment');
    expect(told(token(false))).toBe('another value than the last deployment used; would change now');
    expect(told(token(true), text('typed'))).toBe('the last deployment used a value that is not shown');
  });

  it('does not show an earlier value of what is now secret', () => {
    expect(told(model(used('large', false)), { secret: true })).not.toContain('large');
  });

  it('sees a change in a variable that would have no value any more', () => {
    const kept = variable('A', { candidates: [saved('x')], last_used: used('x', true) });
    expect(told(kept, { value: { kind: 'forget' } })).toBe('last deployment: x; would change now');
  });
});
