import { describe, expect, it } from '@jest/globals';
import { noEdits, withValue } from './environment-edits.ts';
import { filterVariables, inDisplayOrder, missingRequired, type VariableFilter } from './list-variables.ts';
import { fromCompose, fromSetting, variable } from './testing/sample-environment.ts';

const port = variable('PORT', { candidates: [fromCompose('80')] });
const token = variable('TOKEN', { is_required: true, candidates: [fromSetting('api.token', null)] });
const host = variable('HOST', { is_required: true });
const all = [port, token, host];
const edits = withValue(noEdits, 'PORT', { kind: 'text', text: '81' });

const found = (filter: Partial<VariableFilter>, keep: readonly string[] = []) =>
  filterVariables(all, { text: '', kind: 'all', ...filter }, { edits, settings: [], keep }).map(({ name }) => name);

describe('inDisplayOrder', () => {
  it('puts required variables first, then sorts by name (U23)', () => {
    const names = inDisplayOrder([variable('B'), token, variable('A'), host]).map(({ name }) => name);
    expect(names).toEqual(['HOST', 'TOKEN', 'A', 'B']);
  });
});

describe('filterVariables', () => {
  it('finds part of a name or of a source, in any case', () => {
    expect(found({ text: 'ort' })).toEqual(['PORT']);
    expect(found({ text: 'api.TOKEN' })).toEqual(['TOKEN']);
    expect(found({ text: 'typed' })).toEqual(['PORT']);
  });

  it('finds those of a kind', () => {
    expect(found({ kind: 'required' })).toEqual(['TOKEN', 'HOST']);
    expect(found({ kind: 'changed' })).toEqual(['PORT']);
    expect(found({ kind: 'unset' })).toEqual(['HOST']);
    expect(found({ kind: 'secret' })).toEqual(['TOKEN']);
  });

  it('never hides what blocks a deploy', () => {
    expect(found({ text: 'port' }, ['HOST'])).toEqual(['PORT', 'HOST']);
  });
});

describe('missingRequired', () => {
  it('names required variables without a value (U29)', () => {
    expect(missingRequired(all, noEdits, [])).toEqual(['HOST']);
    expect(missingRequired(all, withValue(noEdits, 'HOST', { kind: 'text', text: 'h' }), [])).toEqual([]);
  });
});
