import { describe, expect, it } from '@jest/globals';
import {
  inDisplayOrder,
  missingRequired,
  sourceOf,
  withEdit,
  withoutEdit,
  type EnvironmentVariable,
} from './environment.ts';

const variable = (name: string, part: Partial<EnvironmentVariable> = {}): EnvironmentVariable => ({
  name,
  value: null,
  is_secret: false,
  secret_reason: null,
  is_set: false,
  is_required: false,
  source: 'none',
  secret_override: null,
  declared: true,
  candidates: [],
  last_used: null,
  file: null,
  line: null,
  column: null,
  ...part,
});
const port = variable('PORT', { value: '80', is_set: true, source: 'default' });
const token = variable('TOKEN', { is_secret: true, is_set: true, is_required: true, source: 'default' });
const host = variable('HOST', { is_required: true });

describe('environment', () => {
  it('puts required variables first, then sorts by name (U23)', () => {
    expect(inDisplayOrder([variable('B'), token, variable('A'), host]).map(({ name }) => name)).toEqual([
      'HOST',
      'TOKEN',
      'A',
      'B',
    ]);
  });

  it('keeps only what differs from the value that is set', () => {
    const edits = withEdit({}, port, '8080');
    expect(edits).toEqual({ PORT: '8080' });
    expect(withEdit(edits, port, '80')).toEqual({});
  });

  it('takes an empty text as a value of its own', () => {
    expect(withEdit({}, port, '')).toEqual({ PORT: '' });
    expect(withEdit({}, variable('A'), '')).toEqual({ A: '' });
  });

  it('goes back to the value that is set', () => {
    expect(withoutEdit({ PORT: '1', A: 'b' }, 'PORT')).toEqual({ A: 'b' });
  });

  it('names required variables that would be empty (U29)', () => {
    expect(missingRequired([port, token, host], {})).toEqual(['HOST']);
    expect(missingRequired([token, host], { HOST: 'h', TOKEN: '' })).toEqual(['TOKEN']);
    expect(missingRequired([token, host], { HOST: 'h' })).toEqual([]);
  });

  it('says where the value comes from', () => {
    const unset = variable('URI', { source: 'default' });
    expect(sourceOf(unset, {})).toBe('none');
    expect([sourceOf(port, {}), sourceOf(port, { PORT: '1' }), sourceOf(host, {})]).toEqual([
      'compose',
      'typed',
      'none',
    ]);
  });
});
