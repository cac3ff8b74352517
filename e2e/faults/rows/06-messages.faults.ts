import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events, streams } from '@ushadow/contracts';
import { natsFor, tcpProxy, throughProxy, type TcpProxy } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { Bench } from '../support/bench.ts';
import { checkProperties } from '../support/check-properties.ts';
import { doubledWrites } from '../support/doubled-writes.ts';
import { recorded, type Outcome } from '../support/record.ts';
import { chance } from '../support/settings.ts';

const JOBS = 10;
const COPIES = 3;
const LATENCY_MS = 120;

describe('row 6: messages lost, late, doubled and in another order', () => {
  let bench: Bench;
  let slow: TcpProxy;

  beforeAll(async () => {
    const { url } = await natsFor(import.meta.url);
    const { hostname, port } = new URL(url);
    slow = await tcpProxy({ host: hostname, port: Number(port) });
    // One of the two workers hears everything late.
    const workerEnv = (worker: number): Record<string, string> =>
      worker % 2 === 0 ? { NATS_URL: throughProxy(url, slow) } : {};
    bench = await Bench.start({ testFile: import.meta.url, natsUrl: url, workerEnv });
  });
  afterAll(async () => {
    await bench.stop();
    await slow.close();
  });

  it('make one verdict a job, and every write once', async () => {
    const play = async (): Promise<Outcome> => {
      const random = chance('messages');
      slow.setLatency(random.between(20, LATENCY_MS));
      bench.api.forget();
      const ids: string[] = [];
      for (let job = 0; job < JOBS; job++)
        ids.push(await bench.deploy({ greeting: 'hello' }, { namespace: bench.newNamespace() }));
      // What still waits is lost; everything is sent again and again, in any order.
      await (await bench.bus.jetStreamManager()).streams.purge(streams.deploy.name);
      const copies = random.shuffle(ids.flatMap((id) => Array.from({ length: COPIES }, () => id)));
      await Promise.all(
        copies.map((id) =>
          bench.live.store(events.deployRequested, { deployment_id: id }, { messageId: randomUUID() }),
        ),
      );
      const rows = await Promise.all(ids.map((id) => bench.ended(id)));
      const violations = rows.flatMap(({ status, verdict }) =>
        status === 'succeeded' ? [] : [`verdict ${JSON.stringify(verdict)}`],
      );
      return {
        cases: JOBS * COPIES,
        violations: [...violations, ...doubledWrites(bench), ...(await checkProperties(bench))],
      };
    };
    expect(await recorded({ row: 6, title: 'messages lost, late, doubled, in another order' }, play)).toEqual([]);
  });
});
