import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError, events, streams } from '@ushadow/contracts';
import { createLogger } from '@ushadow/observability';
import { natsFor, tcpProxy, throughProxy } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { BusConnection } from './bus-connection.ts';
import { ensureStreams } from './ensure-streams.ts';
import { EventBus } from './event-bus.ts';
import { DELIVERIES_MAX, JobConsumer, type JobConsumerOptions, type JobOutcome } from './job-consumer.ts';

const logger = createLogger({ service: 'test', level: 'fatal', redact: (line) => line });
const { url } = await natsFor(import.meta.url);

describe('the job queue', () => {
  let connection: BusConnection;
  let bus: EventBus;
  const consumers: JobConsumer<typeof events.deployRequested>[] = [];

  beforeEach(async () => {
    connection = new BusConnection({ url, service: 'test' });
    connection.onApplicationBootstrap();
    await connection.opened();
    bus = new EventBus(connection);
    const manager = await connection.jetStreamManager();
    await ensureStreams(manager);
    await manager.streams.purge(streams.deploy.name);
  });

  afterEach(async () => {
    await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
    await connection.onApplicationShutdown();
  });

  const request = (): Promise<string> => {
    const id = randomUUID();
    return bus.store(events.deployRequested, { deployment_id: id }, { messageId: id }).then(() => id);
  };
  const work = (
    perform: (id: string) => Promise<JobOutcome>,
    concurrency = 1,
    more: Partial<JobConsumerOptions<typeof events.deployRequested>> & { over?: BusConnection } = {},
  ): void => {
    const { over = connection, ...options } = more;
    const consumer = new JobConsumer(over, {
      event: events.deployRequested,
      concurrency,
      logger,
      work: (job) => perform(job.deployment_id),
      giveUp: () => Promise.reject(new Error('nothing is to be given up here')),
      ...options,
    });
    consumers.push(consumer);
    void consumer.run();
  };
  const left = async (): Promise<number> =>
    (await (await connection.jetStreamManager()).streams.info(streams.deploy.name)).state.messages;

  it('gives each job to one of several workers and forgets it when done', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, request));
    const seen: string[] = [];
    await new Promise<void>((resolve) => {
      const perform = (id: string): Promise<JobOutcome> => {
        seen.push(id);
        if (seen.length === ids.length) resolve();
        return Promise.resolve({ kind: 'done' });
      };
      work(perform, 4);
      work(perform, 4);
    });
    await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
    expect([...seen].sort()).toEqual([...ids].sort());
    expect(await left()).toBe(0);
  });

  it('delivers a job again that its worker put off', async () => {
    const id = await request();
    const seen: string[] = [];
    await new Promise<void>((resolve) => {
      work((job) => {
        seen.push(job);
        if (seen.length === 2) resolve();
        return Promise.resolve(seen.length < 2 ? { kind: 'later', delayMs: 0 } : { kind: 'done' });
      });
    });
    expect(seen).toEqual([id, id]);
  });

  it('stores a job once, however often it is sent under the same id', async () => {
    const id = randomUUID();
    await bus.store(events.deployRequested, { deployment_id: id }, { messageId: id });
    await bus.store(events.deployRequested, { deployment_id: id }, { messageId: id });
    expect(await left()).toBe(1);
  });

  it('works on no more jobs at once than it may', async () => {
    await Promise.all(Array.from({ length: 6 }, request));
    let atOnce = 0;
    let most = 0;
    let done = 0;
    await new Promise<void>((resolve) => {
      work(async () => {
        most = Math.max(most, ++atOnce);
        await new Promise((next) => setImmediate(next));
        atOnce--;
        if (++done === 6) resolve();
        return { kind: 'done' };
      }, 2);
    });
    expect(most).toBeLessThanOrEqual(2);
  });

  it('gives a job up that failed at each of its deliveries, once', async () => {
    const id = await request();
    let tries = 0;
    const givenUp = await new Promise<[string, number]>((resolve) => {
      work(() => Promise.reject(new Error(`broken ${++tries}`)), 1, {
        failedDelayMs: 1,
        giveUp: (job, deliveries) => Promise.resolve(resolve([job.deployment_id, deliveries])),
      });
    });
    expect(givenUp).toEqual([id, DELIVERIES_MAX]);
    expect(tries).toBe(DELIVERIES_MAX);
    await untilLeft(0);
  });

  it('never gives a job up because something of ours is away', async () => {
    await request();
    let tries = 0;
    const away = new DomainError('STORE_UNAVAILABLE', 'unavailable', 'away');
    await new Promise<void>((resolve) => {
      work(
        () => {
          tries += 1;
          if (tries < DELIVERIES_MAX + 3) return Promise.reject(away);
          resolve();
          return Promise.resolve({ kind: 'done' });
        },
        1,
        { failedDelayMs: 1 },
      );
    });
    await untilLeft(0);
  });

  it('takes off the queue what cannot be read, and goes on with the rest', async () => {
    await connection.jetStream().publish(events.deployRequested.subject, 'no json');
    await connection.jetStream().publish(events.deployRequested.subject, '{"deployment_id": 7}');
    const id = await request();
    const seen = await new Promise((resolve) => {
      work((job) => {
        resolve(job);
        return Promise.resolve({ kind: 'done' });
      });
    });
    expect(seen).toBe(id);
    await untilLeft(0);
  });

  it('goes on when the server has lost its store: the stream is made again', async () => {
    const seen: string[] = [];
    const took = new Map<string, () => void>();
    work((job) => {
      seen.push(job);
      took.get(job)?.();
      return Promise.resolve({ kind: 'done' });
    });
    const run = async (): Promise<void> => {
      const id = randomUUID();
      const taken = new Promise<void>((resolve) => took.set(id, resolve));
      await bus.store(events.deployRequested, { deployment_id: id }, { messageId: id });
      await taken;
    };
    await run();
    const manager = await connection.jetStreamManager();
    await manager.streams.delete(streams.deploy.name);
    await until(async () => (await manager.streams.info(streams.deploy.name).catch(() => undefined)) !== undefined);
    await run();
  });

  it('goes on after the bus was away when a job ended; that job stays in the queue', async () => {
    const { hostname, port } = new URL(url);
    const proxy = await tcpProxy({ host: hostname, port: Number(port) });
    const over = new BusConnection({ url: throughProxy(url, proxy), service: 'test' });
    over.onApplicationBootstrap();
    await over.opened();
    const lost: unknown[] = [];
    const note = (error: unknown): void => void lost.push(error);
    process.on('unhandledRejection', note);
    const first = await request();
    const second = new Promise<string>((resolve) => {
      work(
        (job) => {
          if (job === first) proxy.cut();
          else resolve(job);
          return Promise.resolve({ kind: 'done' });
        },
        1,
        { over },
      );
    });
    await until(() => Promise.resolve(!over.isConnected()));
    const id = await request();
    proxy.mend();
    expect(await second).toBe(id);
    await untilLeft(1);
    await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
    process.off('unhandledRejection', note);
    expect(lost).toEqual([]);
    await over.onApplicationShutdown();
    await proxy.close();
  });

  const untilLeft = (count: number): Promise<void> => until(async () => (await left()) === count);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((next) => setTimeout(next, 20));
}
