import { describe, expect, it } from '@jest/globals';
import { noEdits, withMark, withValue, type EnvironmentEdits, type ValueEdit } from './environment-edits.ts';
import { toPassingValues, toPreviewValues } from './passing-values.ts';
import { fromCompose, saved, setting, variable } from './testing/sample-environment.ts';

const known = {
  variables: [
    variable('KEPT', { candidates: [saved('x'), fromCompose('y')] }),
    variable('HIDDEN', { candidates: [saved(null), fromCompose(null)] }),
    variable('ALONE', { candidates: [saved('x')] }),
  ],
  settings: [setting('settings.model', 'large'), setting('api_keys.openai', null)],
};
const edited = (name: string, value: ValueEdit): EnvironmentEdits => withValue(noEdits, name, value);
const once = (edits: EnvironmentEdits) => toPassingValues(edits, known);
const preview = (edits: EnvironmentEdits) => toPreviewValues(edits, known);

describe('values for one request', () => {
  it('are those that were typed, and the marks', () => {
    const { values, marks, onlySaved } = once(withMark(edited('A', { kind: 'text', text: '' }), 'B', false));
    expect([[...values], [...marks], onlySaved]).toEqual([[['A', '']], [['B', false]], []]);
  });

  it('take the value of a setting that may be seen', () => {
    expect(once(edited('A', { kind: 'setting', path: 'settings.model' })).values.get('A')).toBe('large');
  });

  it('go on with the next source in the place of a saved value', () => {
    expect(once(edited('KEPT', { kind: 'forget' })).values.get('KEPT')).toBe('y');
  });

  it.each([
    ['a reference to a secret setting', edited('A', { kind: 'setting', path: 'api_keys.openai' })],
    ['a secret of the next source', edited('HIDDEN', { kind: 'forget' })],
    ['no value any more', edited('ALONE', { kind: 'forget' })],
    ['a mark left to the detector', withMark(noEdits, 'A', null)],
  ])('cannot express %s', (_, edits) => {
    const { values, onlySaved } = once(edits);
    expect(values.size).toBe(0);
    expect(onlySaved).toEqual([...edits.keys()]);
  });
});

describe('values for a preview', () => {
  it('have a text in the place of a secret, which the preview hides', () => {
    const { values, marks, onlySaved } = preview(edited('A', { kind: 'setting', path: 'api_keys.openai' }));
    expect([values.get('A'), marks.get('A'), onlySaved]).toEqual([
      '(the value of the setting api_keys.openai)',
      true,
      [],
    ]);
  });

  it('follow the user’s own mark', () => {
    const edits = withMark(edited('A', { kind: 'setting', path: 'api_keys.openai' }), 'A', false);
    expect(preview(edits).marks.get('A')).toBe(false);
  });

  it('name what shows only once it is saved', () => {
    expect(preview(edited('ALONE', { kind: 'forget' })).onlySaved).toEqual(['ALONE']);
  });
});
