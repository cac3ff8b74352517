import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bench } from '../support/bench.ts';
import { endEverywhere } from '../support/end-everywhere.ts';
import { firstDeploy, prune, rollback, update } from '../support/kill-scenarios.ts';
import { recorded } from '../support/record.ts';

describe('row 16: a deployment that is cancelled at every call', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start({ testFile: import.meta.url });
  });
  afterAll(() => bench.stop());

  it.each([prune, update, rollback, firstDeploy])(
    'of $name: ends between two steps, in the last good state or as it is, with one verdict',
    async (scenario) => {
      const schedule = { row: 16, title: `cancelled at every call of ${scenario.name}` };
      expect(await recorded(schedule, () => endEverywhere(bench, scenario, ['go back', 'leave']))).toEqual([]);
    },
  );
});
