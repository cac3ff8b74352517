import { describe, expect, it } from '@jest/globals';
import { noEdits, withMark, withValue } from './environment-edits.ts';
import { fromCompose, saved, variable } from './testing/sample-environment.ts';
import { toSavedChanges } from './saved-changes.ts';

const a = variable('A', { candidates: [saved('x'), fromCompose('y')] });
const marked = { ...a, secret_override: true };

describe('toSavedChanges', () => {
  it('is nothing without edits: defaults and found values are never saved (2.6)', () => {
    expect(toSavedChanges([a], noEdits)).toBeNull();
  });

  it('keeps values, the empty one too, references to settings and marks', () => {
    let edits = withValue(noEdits, 'A', { kind: 'text', text: '' });
    edits = withValue(edits, 'B', { kind: 'setting', path: 'settings.b' });
    edits = withMark(withMark(edits, 'C', true), 'D', null);
    expect(toSavedChanges([a], edits)).toEqual({
      set: { A: { value: '' }, B: { setting: 'settings.b' } },
      secrets: { C: true, D: null },
    });
  });

  it('forgets a saved value, but not the mark beside it', () => {
    const edits = withValue(noEdits, 'A', { kind: 'forget' });
    expect(toSavedChanges([a], edits)).toEqual({ reset: ['A'] });
    expect(toSavedChanges([marked], edits)).toEqual({ reset: ['A'], secrets: { A: true } });
    expect(toSavedChanges([marked], withMark(edits, 'A', null))).toEqual({ reset: ['A'], secrets: { A: null } });
  });
});
