import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { Bench } from '../support/bench.ts';
import { checkProperties } from '../support/check-properties.ts';
import { OwnNats } from '../support/own-servers.ts';
import { recorded, type Outcome } from '../support/record.ts';
import { isDeployers } from '../support/kill-matrix.ts';

const DOWN_MS = 45_000;
/** The job that waited starts so soon after the return. */
const START_MS = 15_000;

describe('row 8: NATS is away for longer than any lease, time-out or delivery', () => {
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

  it('what runs goes on to its verdict, what waits starts afterwards, and no process dies', async () => {
    const play = async (): Promise<Outcome> => {
      const violations: string[] = [];
      // The bus goes away as soon as the first deployment has begun to write.
      const writing = Promise.withResolvers<void>();
      bench.api.setRule((call) => {
        if (isDeployers(call) && call.isWrite) writing.resolve();
        return undefined;
      });
      const running = await bench.deploy({ greeting: 'runs' }, { namespace: bench.newNamespace() });
      await writing.promise;
      const waiting = await bench.deploy({ greeting: 'waits' }, { namespace: bench.newNamespace() });
      await nats.stop();
      const goneAt = Date.now();
      const row = await bench.ended(running, DOWN_MS);
      if (row.status !== 'succeeded') violations.push(`while NATS was away: ${JSON.stringify(row.verdict)}`);
      const ready = await Promise.all(
        bench.workers.alive.map(({ service }) =>
          service.ready(1).then(
            () => true,
            () => false,
          ),
        ),
      );
      if (ready.includes(true)) violations.push('a worker says it is ready without its bus');
      await delay(Math.max(0, DOWN_MS - (Date.now() - goneAt)));
      if (bench.workers.alive.length !== 2) violations.push(`${bench.workers.alive.length} workers are alive`);
      await nats.startAgain();
      await Promise.all(bench.workers.alive.map(({ service }) => service.ready()));
      const after = await bench.ended(waiting, START_MS);
      if (after.status !== 'succeeded') violations.push(`after NATS was away: ${JSON.stringify(after.verdict)}`);
      await bench.succeed({ greeting: 'new' }, { namespace: bench.newNamespace() });
      return { cases: 1, violations: [...violations, ...(await checkProperties(bench))] };
    };
    expect(await recorded({ row: 8, title: `NATS away for ${DOWN_MS / 1_000} s` }, play)).toEqual([]);
  });
});
