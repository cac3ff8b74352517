import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faultSchedule, type ApiFault } from '@ushadow/testing';
import { Bench } from '../support/bench.ts';
import { checkProperties } from '../support/check-properties.ts';
import { isDeployers } from '../support/kill-matrix.ts';
import { firstDeploy, prune, rollback, update } from '../support/kill-scenarios.ts';
import { recorded, type Outcome } from '../support/record.ts';
import { chance } from '../support/settings.ts';

const ROUNDS = 4;
const RATE = 0.15;

const PASSING: readonly ApiFault[] = [
  { kind: 'refuse', status: 429, retryAfterSeconds: 1 },
  { kind: 'refuse', status: 500 },
  { kind: 'refuse', status: 503 },
  { kind: 'refuse', status: 504 },
  { kind: 'reset', moment: 'before' },
  { kind: 'reset', moment: 'handled' },
  { kind: 'lose-answer' },
  { kind: 'latency', ms: 300 },
  { kind: 'slow-body', ms: 500 },
];

const WATCHES: readonly ApiFault[] = [
  { kind: 'cut-watch', afterLines: 0 },
  { kind: 'cut-watch', afterLines: 2 },
  { kind: 'expire-watch', afterLines: 0 },
  { kind: 'expire-watch', afterLines: 1 },
  { kind: 'repeat-watch' },
  { kind: 'late-watch', ms: 400 },
  { kind: 'reset', moment: 'handled' },
  { kind: 'refuse', status: 503 },
];

describe('row 11: an API server that fails', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start({ testFile: import.meta.url });
  });
  afterAll(() => bench.stop());

  it.each([firstDeploy, update, rollback, prune])(
    'at some of the calls of $name: it ends as it would have',
    async (scenario) => {
      const play = async (): Promise<Outcome> => {
        const violations: string[] = [];
        let met = 0;
        for (let round = 0; round < ROUNDS; round++) {
          const run = await scenario.prepare(bench);
          const options = { rate: RATE, faults: PASSING, watchFaults: WATCHES };
          const schedule = faultSchedule(chance(`api ${scenario.name} ${round}`), options);
          bench.api.forget();
          bench.api.setRule((call) => {
            const fault = isDeployers(call) ? schedule(call) : undefined;
            met += fault === undefined ? 0 : 1;
            return fault;
          });
          const row = await bench.ended(await run.deploy(), 120_000);
          bench.api.setRule(undefined);
          const verdict = run.verdict(row);
          const found = [...(await checkProperties(bench)), ...(verdict === undefined ? [] : [verdict])];
          violations.push(...found.map((text) => `round ${round}: ${text}`));
        }
        return { cases: met, violations };
      };
      expect(await recorded({ row: 11, title: `faults at some calls of ${scenario.name}` }, play)).toEqual([]);
    },
  );

  it('half-open connections are given up, and the work goes on over new ones', async () => {
    const play = async (): Promise<Outcome> => {
      const random = chance('half-open');
      const violations: string[] = [];
      const moments = ['before', 'handled'] as const;
      for (const moment of moments) {
        const run = await update.prepare(bench);
        const at = random.between(1, 14);
        let count = 0;
        bench.api.setRule((call) => (isDeployers(call) && ++count === at ? { kind: 'half-open', moment } : undefined));
        const row = await bench.ended(await run.deploy(), 120_000);
        bench.api.setRule(undefined);
        const verdict = run.verdict(row);
        const found = [...(await checkProperties(bench)), ...(verdict === undefined ? [] : [verdict])];
        violations.push(...found.map((text) => `half-open ${moment} call ${at}: ${text}`));
      }
      return { cases: moments.length, violations };
    };
    expect(await recorded({ row: 11, title: 'half-open connections' }, play)).toEqual([]);
  });

  it.each([
    ['goes away', 'cut'],
    ['goes silent', 'blackhole'],
  ] as const)(
    'a cluster that %s after the first write: unknown, not failed; settled by the next deployment',
    async (name, how) => {
      const play = async (): Promise<Outcome> => {
        const run = await update.prepare(bench);
        bench.api.setRule((call) => {
          if (isDeployers(call) && call.isWrite) bench.api.network[how]();
          return undefined;
        });
        const id = await run.deploy({ deadlineSeconds: 12 });
        const row = await bench.ended(id, 120_000);
        bench.api.setRule(undefined);
        bench.api.network.mend();
        const isUnknown = row.status === 'unknown' && row.verdict?.code === 'CLUSTER_UNREACHABLE';
        const violations = isUnknown ? [] : [`verdict ${JSON.stringify(row.verdict)}`];
        violations.push(...(await checkProperties(bench, { unsettled: [row.namespace] })));
        await bench.succeed({ greeting: 'settled', volume: true }, { namespace: row.namespace });
        return { cases: 1, violations: [...violations, ...(await checkProperties(bench))] };
      };
      expect(await recorded({ row: 11, title: `a cluster that ${name} after the first write` }, play)).toEqual([]);
    },
  );
});
