import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events } from '@ushadow/contracts';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Bench } from '../support/bench.ts';
import { killOnce, MOMENTS } from '../support/kill-matrix.ts';
import { rollback, update } from '../support/kill-scenarios.ts';
import { checkProperties } from '../support/check-properties.ts';
import { recorded, type Outcome } from '../support/record.ts';
import { chance } from '../support/settings.ts';

const MINUTES = 7;
const JOBS = 6;
const KILLS = 6;
const skewedClock = fileURLToPath(new URL('../support/skewed-clock.mjs', import.meta.url));

/** Every other worker is ahead, the others behind. */
const skewed = (worker: number): Record<string, string> => ({
  NODE_OPTIONS: `--import ${skewedClock}`,
  FAULTS_CLOCK_SKEW_MS: String((worker % 2 === 0 ? MINUTES : -MINUTES) * 60_000),
});

describe(`row 5: workers whose clocks differ by ${2 * MINUTES} minutes`, () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start({ testFile: import.meta.url, workerEnv: skewed });
  });
  afterAll(() => bench.stop());

  it('share out jobs that are sent to both, and finish what the other one began', async () => {
    const play = async (): Promise<Outcome> => {
      const random = chance('skewed clocks');
      const ids: string[] = [];
      for (let job = 0; job < JOBS; job++) {
        const id = await bench.deploy({ greeting: 'hello' }, { namespace: bench.newNamespace() });
        await bench.live.store(events.deployRequested, { deployment_id: id }, { messageId: randomUUID() });
        ids.push(id);
      }
      const rows = await Promise.all(ids.map((id) => bench.ended(id)));
      const violations = rows.flatMap(({ status, verdict }) =>
        status === 'succeeded' ? [] : [`verdict ${JSON.stringify(verdict)}`],
      );
      violations.push(...(await checkProperties(bench)));
      for (let kill = 0; kill < KILLS; kill++) {
        const scenario = kill % 2 === 0 ? update : rollback;
        const each = { at: random.between(1, 25), moment: random.pick(MOMENTS) };
        const outcome = await killOnce(bench, scenario, each, random);
        violations.push(...outcome.violations.map((text) => `${scenario.name} killed at ${each.at}: ${text}`));
      }
      return { cases: JOBS + KILLS, violations };
    };
    expect(await recorded({ row: 5, title: 'workers with skewed clocks' }, play)).toEqual([]);
  });
});
