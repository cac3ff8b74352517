import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bench } from '../support/bench.ts';
import { killEverything } from '../support/kill-everything.ts';
import { rollback } from '../support/kill-scenarios.ts';
import { recorded } from '../support/record.ts';

describe(`row 2: a worker killed within every call of ${rollback.name}`, () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start({ testFile: import.meta.url });
  });
  afterAll(() => bench.stop());

  it('ends as it would have, with one verdict, by another worker', async () => {
    const schedule = { row: 2, title: `killed within every call of ${rollback.name}` };
    expect(await recorded(schedule, () => killEverything(bench, rollback, ['handled']))).toEqual([]);
  });
});
