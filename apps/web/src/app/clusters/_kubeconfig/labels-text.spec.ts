import { describe, expect, it } from '@jest/globals';
import { labelsText, readLabels } from './labels-text.ts';

describe('readLabels', () => {
  it('reads lines and commas', () => {
    expect(readLabels('env=dev\nteam = core, empty=')).toEqual({
      ok: true,
      labels: { env: 'dev', team: 'core', empty: '' },
    });
  });

  it('reads nothing as no labels', () => {
    expect(readLabels(' \n')).toEqual({ ok: true, labels: {} });
  });

  it.each(['dev', '=x'])('names what is not key=value: %s', (text) => {
    expect(readLabels(text)).toEqual({ ok: false, message: `“${text}” is not key=value` });
  });

  it('writes labels as it reads them', () => {
    const labels = { env: 'test', 'team.example/name': '' };
    expect(readLabels(labelsText(labels))).toEqual({ ok: true, labels });
    expect(labelsText({})).toBe('');
  });
});
