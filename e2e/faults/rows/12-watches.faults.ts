import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiCall, ApiFault } from '@ushadow/testing';
import { Bench } from '../support/bench.ts';
import { checkProperties } from '../support/check-properties.ts';
import { isDeployers } from '../support/kill-matrix.ts';
import { firstDeploy, prune, rollback, update } from '../support/kill-scenarios.ts';
import { recorded, type Outcome } from '../support/record.ts';
import { chance } from '../support/settings.ts';

const SCENARIOS = [firstDeploy, update, rollback, prune];
const ENDED_MS = 120_000;
/** A watch that says nothing for ninety seconds is given up. */
const SILENT_DEADLINE_SECONDS = 240;

const FAULTS: Readonly<Record<string, readonly ApiFault[]>> = {
  'too old (410)': [
    { kind: 'expire-watch', afterLines: 0 },
    { kind: 'expire-watch', afterLines: 1 },
  ],
  'dropped in the middle of an event': [
    { kind: 'cut-watch', afterLines: 0 },
    { kind: 'cut-watch', afterLines: 1 },
    { kind: 'cut-watch', afterLines: 3 },
  ],
  doubled: [{ kind: 'repeat-watch' }],
  late: [{ kind: 'late-watch', ms: 700 }],
};

describe('row 12: watches that fail', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start({ testFile: import.meta.url });
  });
  afterAll(() => bench.stop());

  it.each(Object.keys(FAULTS))(
    'every one %s: no change is missed, each deployment ends as it would have',
    async (name) => {
      const play = async (): Promise<Outcome> => {
        const random = chance(`watches ${name}`);
        const violations: string[] = [];
        let cases = 0;
        for (const scenario of SCENARIOS) {
          const run = await scenario.prepare(bench);
          bench.api.setRule((call) => {
            if (!isDeployers(call) || !call.isWatch) return undefined;
            cases += 1;
            return random.pick(FAULTS[name] ?? []);
          });
          const row = await bench.ended(await run.deploy(), ENDED_MS);
          bench.api.setRule(undefined);
          const verdict = run.verdict(row);
          const found = [...(await checkProperties(bench)), ...(verdict === undefined ? [] : [verdict])];
          violations.push(...found.map((text) => `${scenario.name}: ${text}`));
        }
        return { cases, violations };
      };
      expect(await recorded({ row: 12, title: `watches ${name}` }, play)).toEqual([]);
    },
  );

  it('each one silent, without bookmarks: it is given up and opened anew, and nothing is missed', async () => {
    const play = async (): Promise<Outcome> => {
      const run = await update.prepare(bench);
      const silenced = new Set<string>();
      bench.api.setRule((call) => {
        const target = targetOf(call);
        if (!isDeployers(call) || !call.isWatch || silenced.has(target)) return undefined;
        silenced.add(target);
        return { kind: 'stall-watch', afterLines: 0 };
      });
      const deadlineSeconds = SILENT_DEADLINE_SECONDS;
      const row = await bench.ended(await run.deploy({ deadlineSeconds }), deadlineSeconds * 1_000);
      bench.api.setRule(undefined);
      const verdict = run.verdict(row);
      const violations = [...(await checkProperties(bench)), ...(verdict === undefined ? [] : [verdict])];
      return { cases: silenced.size, violations };
    };
    expect(await recorded({ row: 12, title: 'watches silent' }, play)).toEqual([]);
  });
});

/** Without the version and the time that differ from watch to watch. */
const targetOf = ({ path }: ApiCall): string => path.replace(/\?.*/, '');
