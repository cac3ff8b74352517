import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repositoryRoot } from '@ushadow/testing';
import { installStreams } from '@ushadow/testing/services';
import { Bench } from '../support/bench.ts';
import { checkProperties } from '../support/check-properties.ts';
import { OwnNats } from '../support/own-servers.ts';
import { recorded, type Outcome } from '../support/record.ts';
import { chance } from '../support/settings.ts';

const ROUNDS = 3;
const JOBS = 5;
/** From the return of the server to the last verdict; the client looks for its server four times a second. */
const LIMIT_MS = 30_000;

describe('row 7: a NATS server that comes back without its store', () => {
  let nats: OwnNats;
  let bench: Bench;
  beforeAll(async () => {
    nats = await OwnNats.start();
    bench = await Bench.start({ testFile: import.meta.url, natsUrl: nats.url });
  });
  afterAll(async () => {
    await bench.stop();
    await nats.remove();
  });

  it('loses no accepted job', async () => {
    const play = async (): Promise<Outcome> => {
      const random = chance('nats store');
      const violations: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const ids: string[] = [];
        for (let job = 0; job < JOBS; job++)
          ids.push(await bench.deploy({ greeting: `round ${round}` }, { namespace: bench.newNamespace() }));
        // Sooner or later: before the jobs are sent, while they wait, while they run.
        await new Promise((resolve) => setTimeout(resolve, random.between(0, 600)));
        await nats.stop();
        await nats.deleteStore();
        await nats.startAgain();
        // As an operator would; until then the table alone wakes the workers.
        await installStreams(repositoryRoot(), bench.system.settings);
        const rows = await Promise.all(ids.map((id) => bench.ended(id, LIMIT_MS)));
        violations.push(
          ...rows.flatMap(({ status, verdict }) =>
            status === 'succeeded' ? [] : [`verdict ${JSON.stringify(verdict)}`],
          ),
          ...(await checkProperties(bench, { auditStreamLost: true })),
        );
      }
      // What is accepted afterwards goes the usual way, audit included.
      await bench.succeed({ greeting: 'after' }, { namespace: bench.newNamespace() });
      return {
        cases: ROUNDS * JOBS,
        violations: [...violations, ...(await checkProperties(bench, { auditStreamLost: true }))],
      };
    };
    expect(await recorded({ row: 7, title: 'NATS restarted with its store deleted' }, play)).toEqual([]);
  });
});
