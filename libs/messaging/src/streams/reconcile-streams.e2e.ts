import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { streams, type Stream } from '@ushadow/contracts';
import { natsFor } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { declaredConsumer, declaredStream } from './declared-config.ts';
import { reconcileStreams } from './reconcile-streams.ts';

const { url } = await natsFor(import.meta.url);
const MEBIBYTE = 1024 * 1024;

let connection: NatsConnection;
let manager: JetStreamManager;
let sender: JetStreamClient;
let name: string;

beforeAll(async () => {
  const { username: user, password: pass, host } = new URL(url);
  connection = await connect({ servers: host, user, pass });
  manager = await jetstreamManager(connection);
  sender = jetstream(connection);
});
afterAll(async () => {
  await connection.close();
});
beforeEach(() => {
  name = `S${randomUUID().replaceAll('-', '')}`;
});

function declared(more: Partial<Stream> = {}): Readonly<Record<string, Stream>> {
  const consumer = { name: 'takers', ackWaitSeconds: 30, maxDeliveries: 5, maxPending: 100 };
  const stream: Stream = {
    ...{ name, version: 2, subjects: [`${name}.>`], consumer, summary: 'For a test' },
    retention: 'limits',
    limits: { maxAgeDays: 7, maxMessages: 1_000, maxBytes: MEBIBYTE },
  };
  return { stream: { ...stream, ...more } };
}
const limits = (maxAgeDays: number, maxMessages = 1_000) => ({ maxAgeDays, maxMessages, maxBytes: MEBIBYTE });
const config = async () => (await manager.streams.info(name)).config;
const DAY = 86_400_000_000_000;

describe('streams', () => {
  it('of the contracts are on the server as they are declared, and nothing is reported the second time', async () => {
    expect(await reconcileStreams(manager)).toEqual([]);
    for (const stream of Object.values(streams as Readonly<Record<string, Stream>>)) {
      expect((await manager.streams.info(stream.name)).config).toMatchObject(declaredStream(stream));
      const { consumer } = stream;
      if (consumer === undefined) continue;
      const { config: has } = await manager.consumers.info(stream.name, consumer.name);
      expect(has).toMatchObject(declaredConsumer(consumer));
    }
    expect(await reconcileStreams(manager)).toEqual([]);
  });

  it('that somebody has changed are put back, which is reported in one sentence for each', async () => {
    await reconcileStreams(manager, declared());
    await manager.streams.update(name, { max_age: DAY, max_msgs: -1 });
    await manager.consumers.update(name, 'takers', { max_ack_pending: 1 });
    expect(await reconcileStreams(manager, declared())).toEqual([
      `${name} had max_age ${String(DAY)} instead of ${String(7 * DAY)}, max_msgs -1 instead of 1000: it is as declared now.`,
      'consumer takers had max_ack_pending 1 instead of 100: it is as declared now.',
    ]);
    expect(await config()).toMatchObject({ max_age: 7 * DAY, max_msgs: 1_000 });
    expect(await reconcileStreams(manager, declared())).toEqual([]);
  });

  it('keep what is not declared, such as a description and the notes of others', async () => {
    await reconcileStreams(manager, declared({ version: 1, limits: limits(3) }));
    await manager.streams.update(name, { description: 'ours', metadata: { team: 'a', 'ushadow.version': '1' } });
    await reconcileStreams(manager, declared());
    expect(await config()).toMatchObject({ description: 'ours', metadata: { team: 'a', 'ushadow.version': '2' } });
  });

  it('are changed by a newer declaration, and left alone by an older one, which says so', async () => {
    await reconcileStreams(manager, declared());
    await reconcileStreams(manager, declared({ version: 3, limits: limits(14) }));
    expect(await reconcileStreams(manager, declared())).toEqual([
      `${name} was made by version 3 of its declaration: this is version 2 and leaves it as it is.`,
    ]);
    expect(await config()).toMatchObject({ max_age: 14 * DAY, metadata: { 'ushadow.version': '3' } });
  });

  it('from before there were versions are brought up to date', async () => {
    await manager.streams.add({ name, subjects: [`${name}.>`], max_age: DAY });
    const [reported] = await reconcileStreams(manager, declared());
    expect(reported).toMatch(/ had max_age \d+ instead of \d+, max_msgs -1 instead of 1000, max_bytes -1 instead of /);
    expect(await config()).toMatchObject({ max_bytes: MEBIBYTE, metadata: { 'ushadow.version': '2' } });
  });

  it('that the server cannot make so are an error of one sentence', async () => {
    await reconcileStreams(manager, declared());
    const asQueue = declared({ version: 3, retention: 'workqueue' });
    await expect(reconcileStreams(manager, asQueue)).rejects.toThrow(
      new RegExp(`^The NATS server refuses ${name} as it is declared: .*retention.*\\.$`),
    );
  });

  it('do not grow beyond their limits, however much comes', async () => {
    await reconcileStreams(manager, declared({ limits: { maxAgeDays: 7, maxMessages: 500, maxBytes: MEBIBYTE } }));
    const payload = 'x'.repeat(1_000);
    const sizes: number[] = [];
    for (let round = 0; round < 12; round++) {
      await Promise.all(Array.from({ length: 250 }, () => sender.publish(`${name}.a`, payload)));
      const { messages, bytes, last_seq: last } = (await manager.streams.info(name)).state;
      expect([messages <= 500, bytes <= MEBIBYTE, last]).toEqual([true, true, (round + 1) * 250]);
      sizes.push(bytes);
    }
    expect(new Set(sizes.slice(2)).size).toBe(1);
  });
});
