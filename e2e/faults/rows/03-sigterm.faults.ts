import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bench } from '../support/bench.ts';
import { handOverEverywhere } from '../support/hand-over.ts';
import { prune, rollback, update } from '../support/kill-scenarios.ts';
import { recorded } from '../support/record.ts';

describe('row 3: a worker told to end at every call', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start({ testFile: import.meta.url });
  });
  afterAll(() => bench.stop());

  it.each([update, rollback, prune])('hands $name over within a second', async (scenario) => {
    const schedule = { row: 3, title: `SIGTERM at every call of ${scenario.name}` };
    expect(await recorded(schedule, () => handOverEverywhere(bench, scenario))).toEqual([]);
  });
});
