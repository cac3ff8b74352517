import { describe, expect, it } from '@jest/globals';
import { resultTable, violationLines, type ScheduleResult } from './result-table.ts';

const result = (changed: Partial<ScheduleResult>): ScheduleResult => ({
  row: 1,
  title: 'killed',
  seed: 7,
  cases: 10,
  violations: [],
  seconds: 1.4,
  ...changed,
});

describe('the table of test:faults', () => {
  it('has a line for each schedule in the order of the rows, its seeds added up', () => {
    const table = resultTable([
      result({ row: 10, title: 'paused' }),
      result({}),
      result({ seed: 8, violations: ['x'] }),
    ]);
    expect(table.split('\n').slice(2)).toEqual(['| 1 | killed | 2 | 20 | 1 | 3 |', '| 10 | paused | 1 | 10 | 0 | 1 |']);
  });

  it('says once how to play a violation again', () => {
    expect(violationLines([result({ violations: ['a gap', 'a gap'] })])).toEqual([
      '✗ a gap\n  again: npm run test:faults -- --seed 7 --row 1',
    ]);
  });
});
