import { describe, expect, it } from '@jest/globals';
import { filterSettings, type Setting } from './filter-settings.ts';

const setting = (path: string, value: string | null): Setting => ({
  path,
  value,
  is_secret: value === null,
  project: null,
  for_uploads: false,
  updated_at: '2026-01-01T00:00:00.000Z',
  updated_by: 'operator',
});
const all = [
  setting('api_keys.openai', null),
  setting('settings.model', 'large'),
  setting('smtp.host', 'Mail.example'),
];
const found = (query: string) => filterSettings(all, query).map(({ path }) => path);

describe('filterSettings', () => {
  it('keeps everything, in its order, without a search', () => {
    expect(found('  ')).toEqual(['api_keys.openai', 'settings.model', 'smtp.host']);
  });

  it('finds all words in path and visible value, in any case', () => {
    expect(found('OPENAI')).toEqual(['api_keys.openai']);
    expect(found('mail smtp')).toEqual(['smtp.host']);
    expect(found('null')).toEqual([]);
  });
});
