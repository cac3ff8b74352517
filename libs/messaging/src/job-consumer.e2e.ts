import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError, events, streams } from '@ushadow/contracts';
import { createLogger } from '@ushadow/observability';
import { busOf, natsFor, tcpProxy, throughProxy } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { BusConnection } from './bus-connection.ts';
import { DeadLetterConsumer, type DeadLetter } from './dead-letter.ts';
import { reconcileStreams } from './streams/reconcile-streams.ts';
import { EventBus } from './event-bus.ts';
import { JobConsumer, type JobConsumerOptions, type JobOutcome } from './job-consumer.ts';

const logger = createLogger({ service: 'test', level: 'fatal', redact: (line) => line });
const { url } = await natsFor(import.meta.url);

describe('the job queue', () => {
  let connection: BusConnection;
  let bus: EventBus;
  const consumers: JobConsumer<typeof events.deployRequested>[] = [];

  beforeEach(async () => {
    connection = new BusConnection(busOf(url, 'deployer', { asAdmin: true }));
    connection.onApplicationBootstrap();
    await connection.opened();
    bus = new EventBus(connection);
    const manager = await connection.jetStreamManager();
    await reconcileStreams(manager, shortLived);
    await manager.streams.purge(streams.deploy.name);
    await manager.streams.purge(streams.dead.name);
    deadLetters.length = 0;
  });

  afterEach(async () => {
    await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
    await connection.onApplicationShutdown();
  });

  const request = (): Promise<string> => {
    const id = randomUUID();
    return bus.store(events.deployRequested, { deployment_id: id }, { messageId: id }).then(() => id);
  };
  const deadLetters: DeadLetter[] = [];
  const { deploy, ...others } = streams;
  const shortLived = { ...others, deploy: { ...deploy, consumer: { ...deploy.consumer, maxDeliveries: 3 } } };
  const recordDeadLetter = (letter: DeadLetter): Promise<void> => Promise.resolve(void deadLetters.push(letter));
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
      recordDeadLetter,
      failedDelayMs: () => 0,
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

  it('gives up a job whose handler always fails: it is recorded once and taken off the queue', async () => {
    const id = await request();
    let tries = 0;
    work(() => {
      tries += 1;
      return Promise.reject(new Error('always'));
    });
    const dead = new DeadLetterConsumer(connection, { logger, recordDeadLetter });
    void dead.run();
    await until(async () => deadLetters.length > 0 && (await left()) === 0);
    await dead.sweep();
    await dead.stop();
    expect(tries).toBe(3);
    expect(deadLetters).toMatchObject([{ data: { deployment_id: id }, deliveries: 3 }]);
  });

  it('buries a job that fails too often at that delivery, once, and takes it off the queue', async () => {
    const id = await request();
    let tries = 0;
    work(() => Promise.reject(new Error(`broken ${String(++tries)}`)), 1, { failuresMax: 2 });
    await until(async () => (await left()) === 0);
    expect(tries).toBe(2);
    expect(deadLetters).toMatchObject([{ data: { deployment_id: id }, deliveries: 2 }]);
  });

  it('never gives a job up because something of ours is away, however long', async () => {
    await request();
    let tries = 0;
    const away = new DomainError('STORE_UNAVAILABLE', 'unavailable', 'away');
    work(
      () => {
        tries += 1;
        return tries < 3 * shortLived.deploy.consumer.maxDeliveries
          ? Promise.reject(away)
          : Promise.resolve({ kind: 'done' });
      },
      1,
      { failuresMax: 1 },
    );
    await until(async () => (await left()) === 0);
    expect(tries).toBe(3 * shortLived.deploy.consumer.maxDeliveries);
    expect(deadLetters).toEqual([]);
  });

  it('puts a job back at once that waits for something of ours when its worker stops', async () => {
    const id = await request();
    const away = new DomainError('STORE_UNAVAILABLE', 'unavailable', 'away');
    let isWaiting = false;
    const fail = (): Promise<JobOutcome> => {
      isWaiting = true;
      return Promise.reject(away);
    };
    work(fail, 1, { failedDelayMs: () => 60_000 });
    await until(() => isWaiting);
    await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
    const taken = await new Promise((resolve) => {
      work((job) => {
        resolve(job);
        return Promise.resolve({ kind: 'done' });
      });
    });
    expect(taken).toBe(id);
  });

  it('finds a job that was given up also when no advisory came', async () => {
    await request();
    work(() => Promise.reject(new Error('always')));
    const manager = await connection.jetStreamManager();
    await until(async () => (await manager.streams.info(streams.dead.name)).state.messages === 1);
    await manager.streams.purge(streams.dead.name);
    const dead = new DeadLetterConsumer(connection, { logger, recordDeadLetter });
    await dead.sweep();
    expect(deadLetters).toHaveLength(1);
    expect(await left()).toBe(0);
  });

  it('buries what is no job at all at once', async () => {
    const subject = events.deployRequested.subject;
    await connection.jetStream().publish(subject, 'not even JSON');
    work(() => Promise.resolve({ kind: 'done' }));
    await until(async () => (await left()) === 0);
    expect(deadLetters).toMatchObject([{ deliveries: 1, data: undefined }]);
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
    await until(async () => (await left()) === 0);
  });

  it('goes on after the bus was away when a job ended; that job stays in the queue', async () => {
    const { hostname, port } = new URL(url);
    const proxy = await tcpProxy({ host: hostname, port: Number(port) });
    const over = new BusConnection(busOf(throughProxy(url, proxy), 'deployer', { asAdmin: true }));
    over.onApplicationBootstrap();
    await over.opened();
    const lost: unknown[] = [];
    const note = (error: unknown): void => void lost.push(error);
    process.on('unhandledRejection', note);
    const first = await request();
    const second = new Promise<string>((resolve) => {
      const perform = (job: string): Promise<JobOutcome> => {
        if (job === first) proxy.cut();
        else resolve(job);
        return Promise.resolve({ kind: 'done' });
      };
      work(perform, 1, { over });
    });
    await until(() => !over.isConnected());
    const id = await request();
    proxy.mend();
    expect(await second).toBe(id);
    await until(async () => (await left()) === 1);
    await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
    process.off('unhandledRejection', note);
    expect(lost).toEqual([]);
    await over.onApplicationShutdown();
    await proxy.close();
  });

  it('goes on after the queue was deleted', async () => {
    const seen: string[] = [];
    work((id) => {
      seen.push(id);
      return Promise.resolve({ kind: 'done' });
    });
    const first = await request();
    await until(() => seen.includes(first));
    const manager = await connection.jetStreamManager();
    await manager.streams.delete(streams.deploy.name);
    await reconcileStreams(manager, shortLived);
    const sent = async (): Promise<string | undefined> => request().catch(() => undefined);
    let second: string | undefined;
    await until(async () => (second ??= await sent()) !== undefined);
    await until(() => seen.includes(second ?? ''));
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
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > limit) throw new Error('it never came true');
    await new Promise((next) => setImmediate(next));
  }
}
