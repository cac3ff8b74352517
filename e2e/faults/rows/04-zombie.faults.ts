import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bench } from '../support/bench.ts';
import { firstDeploy, rollback, update } from '../support/kill-scenarios.ts';
import { countCalls } from '../support/kill-everything.ts';
import { recorded, type Outcome } from '../support/record.ts';
import { chance } from '../support/settings.ts';
import { WAKINGS, wakeZombie } from '../support/zombie.ts';

const CASES = 8;

describe('row 4: a worker that stood still for longer than its lease', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start({ testFile: import.meta.url });
  });
  afterAll(() => bench.stop());

  it.each([firstDeploy, update, rollback])('writes nothing of $name any more', async (scenario) => {
    const play = async (): Promise<Outcome> => {
      const random = chance(`zombie ${scenario.name}`);
      const calls = await countCalls(bench, scenario);
      const violations: string[] = [];
      let cases = 0;
      for (let number = 0; number < CASES; number++) {
        const each = { at: random.between(1, calls), waking: WAKINGS[number % WAKINGS.length] ?? 'taken' };
        const outcome = await wakeZombie(bench, scenario, each, random);
        cases += outcome.stopped ? 1 : 0;
        violations.push(
          ...outcome.violations.map((text) => `stopped at ${each.at}, woken when ${each.waking}: ${text}`),
        );
      }
      return { cases, violations: cases < CASES / 2 ? [...violations, `only ${cases} cases`] : violations };
    };
    expect(await recorded({ row: 4, title: `a worker that stood still in ${scenario.name}` }, play)).toEqual([]);
  });
});
