import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bench } from '../support/bench.ts';
import { killEverything } from '../support/kill-everything.ts';
import { recorded } from '../support/record.ts';
import { stackFirst } from '../support/stack-scenarios.ts';

describe('row 20: a worker killed at every call', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start({ testFile: import.meta.url });
  });
  afterAll(() => bench.stop());

  it.each([stackFirst])(
    'of $name: touches nobody else, keeps claims and pods, runs no one-shot twice, with one verdict',
    async (scenario) => {
      const schedule = { row: 20, title: `killed at every call of ${scenario.name}` };
      expect(await recorded(schedule, () => killEverything(bench, scenario, 'one'))).toEqual([]);
    },
  );
});
