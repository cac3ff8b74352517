import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bench } from '../support/bench.ts';
import { endEverywhere } from '../support/end-everywhere.ts';
import { recorded } from '../support/record.ts';
import { stackUpdate, serviceUpdate, stackBack } from '../support/stack-scenarios.ts';

describe('row 20: a deployment that is cancelled or superseded at every call', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start({ testFile: import.meta.url });
  });
  afterAll(() => bench.stop());

  it.each([stackUpdate, serviceUpdate, stackBack])(
    'of $name: ends between two steps and touches nobody else, with one verdict',
    async (scenario) => {
      const schedule = { row: 20, title: `ended early at every call of ${scenario.name}` };
      const play = () => endEverywhere(bench, scenario, ['go back', 'leave', 'supersede'], 'shared');
      expect(await recorded(schedule, play)).toEqual([]);
    },
  );
});
