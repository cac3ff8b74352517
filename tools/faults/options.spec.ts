import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';

describe('the options of test:faults', () => {
  it('choose seeds and rows', () => {
    expect(readOptions(['--seed', '1,2', '--row', '4', '--record'])).toEqual({
      seeds: [1, 2],
      rows: [4],
      record: true,
    });
  });

  it('are one seed by chance and every row unless told', () => {
    const { seeds, rows, record } = readOptions([]);
    expect(seeds).toHaveLength(1);
    expect({ rows, record }).toEqual({ rows: [], record: false });
  });

  it('are refused when they are no numbers', () => {
    expect(() => readOptions(['--seed', 'x'])).toThrow('--seed x');
    expect(() => readOptions(['--sed', '1'])).toThrow();
  });
});
