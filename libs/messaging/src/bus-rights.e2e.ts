import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import {
  auditedServices,
  events,
  natsPermissions,
  natsUsers,
  operations,
  requestSubject,
  streams,
  type BusUser,
  type EventDefinition,
  type NatsUser,
  type Operation,
} from '@ushadow/contracts';
import { createLogger } from '@ushadow/observability';
import { busOf, keysBehind, natsFor } from '@ushadow/testing';
import { makeBusKeys } from '@ushadow/testing/servers';
import { randomUUID } from 'node:crypto';
import { BusConnection } from './bus-connection.ts';
import { DeadLetterConsumer } from './dead-letter.ts';
import { EventBus } from './event-bus.ts';
import { installStreams } from './streams/install-streams.ts';
import { JobConsumer } from './job-consumer.ts';

const { url } = await natsFor(import.meta.url);
const keys = keysBehind(url);
const services = natsUsers.filter((user) => user !== 'installer') as readonly BusUser[];
const allOperations = Object.values(operations as unknown as Readonly<Record<string, Operation>>);
const allEvents = Object.values(events as unknown as Readonly<Record<string, EventDefinition>>);
const logger = createLogger({ service: 'test', level: 'fatal', redact: (line) => line });

/** Subjects of all that anybody may do, and of what nobody may. */
const everySubject: readonly string[] = [
  ...new Set([
    ...allOperations.flatMap((operation) => services.map((user) => requestSubject(operation, user))),
    ...allEvents.map(({ subject, key }) => (key === undefined ? subject : `${subject}.some-id`)),
    ...natsUsers.map((user) => `_INBOX_${user}.x`),
    ...Object.values(streams).flatMap(({ name }) => [
      ...['CREATE', 'UPDATE', 'DELETE', 'PURGE', 'INFO', 'MSG.GET', 'MSG.DELETE', 'SNAPSHOT'].map(
        (verb) => `$JS.API.STREAM.${verb}.${name}`,
      ),
      `$JS.API.DIRECT.GET.${name}`,
      `$JS.API.DIRECT.GET.${name}.ushadow.v1.jobs.deploy`,
      ...auditedServices.flatMap((service) => [
        `$JS.API.DIRECT.GET.${name}.ushadow.v1.audit.${service}.anchored`,
        `$JS.API.DIRECT.GET.${name}.ushadow.v1.audit.${service}.recorded.7`,
      ]),
      `$JS.ACK.${name}.another.1.2.3.4.0`,
      `$JS.API.CONSUMER.CREATE.${name}.another`,
      `$JS.API.CONSUMER.MSG.NEXT.${name}.another`,
    ]),
    ...[streams.deploy, streams.dead].flatMap(({ name, consumer: { name: consumer } }) => [
      ...['CREATE', 'DELETE', 'INFO', 'MSG.NEXT', 'PAUSE'].map(
        (verb) => `$JS.API.CONSUMER.${verb}.${name}.${consumer}`,
      ),
      `$JS.ACK.${name}.${consumer}.1.2.3.4.0`,
      `$JS.ACK.domain.account.${name}.${consumer}.1.2.3.4.0.token`,
    ]),
    ...['$JS.API.INFO', '$JS.API.STREAM.NAMES', '$JS.API.STREAM.LIST', '$JS.FC.x', '$SYS.REQ.SERVER.PING', 'elsewhere'],
    '$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.USHADOW_DEPLOY.deployer-workers',
  ]),
];

const open = new Set<NatsConnection>();
afterEach(async () => {
  await Promise.all([...open].map((connection) => connection.close()));
  open.clear();
});

async function connectAs(user: NatsUser): Promise<{ connection: NatsConnection; refused: string[] }> {
  const connection = await connect({
    servers: new URL(url).host,
    timeout: 5_000,
    waitOnFirstConnect: true,
    authenticator: nkeyAuthenticator(new TextEncoder().encode(keys[user].nkeySeed)),
  });
  open.add(connection);
  const refused: string[] = [];
  void (async () => {
    for await (const status of connection.status())
      if (status.type === 'error') refused.push(/to "([^"]+)"/.exec(status.error.message)?.[1] ?? status.error.message);
  })();
  return { connection, refused };
}

function covers(pattern: string, subject: string): boolean {
  const expression = pattern.replaceAll(/[.$]/g, '\\$&').replaceAll('*', '[^.]+').replace(/>$/, '.+');
  return new RegExp(`^${expression}$`).test(subject);
}
const outside = (granted: readonly string[]): readonly string[] =>
  everySubject.filter((subject) => !granted.some((pattern) => covers(pattern, subject)));

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > limit) throw new Error('it never came true');
    await new Promise((next) => setTimeout(next, 5));
  }
}

beforeAll(async () => {
  await installStreams({ url: busOf(url, 'gateway').url, user: 'installer', nkeySeed: keys.installer.nkeySeed });
});

describe.each(natsUsers)('%s on a real server', (user) => {
  const { publish, subscribe } = natsPermissions(user);

  it('cannot send anything that the contracts do not give it', async () => {
    const { connection, refused } = await connectAs(user);
    const forbidden = outside(publish);
    expect(forbidden.length).toBeGreaterThan(50);
    for (const subject of forbidden) connection.publish(subject, '{}');
    await until(() => refused.length === forbidden.length);
    expect([...refused].sort()).toEqual([...forbidden].sort());
  });

  it('cannot listen where the contracts do not let it', async () => {
    const { connection, refused } = await connectAs(user);
    const forbidden = [...outside(subscribe), '>', 'ushadow.v1.>', '_INBOX.>', '*', '$JS.>', '$SYS.>'];
    for (const subject of forbidden) connection.subscribe(subject, { callback: () => undefined });
    await until(() => refused.length === forbidden.length);
    expect([...refused].sort()).toEqual([...forbidden].sort());
  });

  it('can do all that the contracts give it', async () => {
    const { connection, refused } = await connectAs(user);
    for (const subject of subscribe) connection.subscribe(subject, { callback: () => undefined });
    for (const pattern of publish.filter(
      (each) => !each.startsWith('ushadow.v1.jobs') && !each.startsWith('ushadow.v1.audit'),
    ))
      connection.publish(pattern.replaceAll('*', 'x').replace(/>$/, 'x'), '');
    await connection.flush();
    await connection.flush();
    expect(refused).toEqual([]);
  });
});

describe('answers', () => {
  it('go to who asked, as often as one answer needs, and nowhere else', async () => {
    const asker = await connectAs('gateway');
    const service = await connectAs('cluster');
    const received: string[] = [];
    asker.connection.subscribe('_INBOX_gateway.>', {
      callback: (_error, message) => void received.push(message.string()),
    });
    await asker.connection.flush();
    const subject = operations.getCluster.subject;
    service.connection.subscribe(subject, {
      callback: (_error, message) => {
        for (let count = 1; count <= 4; count += 1) message.respond(String(count));
        service.connection.publish('_INBOX_gateway.another', 'injected');
      },
    });
    await service.connection.flush();
    asker.connection.publish(subject, '{}', { reply: '_INBOX_gateway.one' });
    await until(() => service.refused.length === 3);
    await asker.connection.flush();
    expect(received).toEqual(['1', '2']);
    expect([...service.refused].sort()).toEqual(['_INBOX_gateway.another', '_INBOX_gateway.one', '_INBOX_gateway.one']);
  });
});

describe('the deployer, with its own rights alone', () => {
  const connections: BusConnection[] = [];
  const enter = async (user: BusUser): Promise<BusConnection> => {
    const connection = new BusConnection(busOf(url, user));
    connections.push(connection);
    connection.onApplicationBootstrap();
    await connection.opened();
    return connection;
  };
  afterAll(async () => {
    await Promise.all(connections.map((connection) => connection.onApplicationShutdown()));
  });

  it('sends jobs to itself, takes, acknowledges and buries them', async () => {
    const connection = await enter('deployer');
    const [good, bad] = [randomUUID(), randomUUID()];
    const deadLetters: unknown[] = [];
    const done: string[] = [];
    const recordDeadLetter = (letter: { data: unknown }): Promise<void> =>
      Promise.resolve(void deadLetters.push(letter.data));
    const worker = new JobConsumer(connection, {
      event: events.deployRequested,
      concurrency: 2,
      logger,
      recordDeadLetter,
      failuresMax: 2,
      failedDelayMs: () => 0,
      work: ({ deployment_id: id }) => {
        if (id === bad) return Promise.reject(new Error('always'));
        done.push(id);
        return Promise.resolve({ kind: 'done' });
      },
    });
    const dead = new DeadLetterConsumer(connection, { logger, recordDeadLetter });
    void worker.run();
    void dead.run();
    const bus = new EventBus(connection);
    for (const id of [good, bad]) await bus.store(events.deployRequested, { deployment_id: id }, { messageId: id });
    await until(() => done.length === 1 && deadLetters.length === 1);
    await dead.sweep();
    await Promise.all([worker.stop(), dead.stop()]);
    expect([done, deadLetters]).toEqual([[good], [{ deployment_id: bad }]]);
  });

  it.each(services)('%s is let in', async (user) => {
    const connection = await enter(user);
    expect(connection.isConnected()).toBe(true);
    await connection.check();
  });

  it('a key that the server does not know is not let in, and what to do is said', async () => {
    const stranger = makeBusKeys().gateway;
    const { identity, url: server } = busOf(url, 'gateway');
    const connection = new BusConnection({ url: server, identity: { ...identity, nkeySeed: stranger.nkeySeed } });
    const problem = new Promise<string>((resolve) => {
      connection.onProblem = resolve;
    });
    connection.onApplicationBootstrap();
    expect(await problem).toMatch(/does not know the key of gateway/);
    expect(connection.isConnected()).toBe(false);
    await expect(connection.check()).rejects.toThrow('does not know the key');
    await connection.onApplicationShutdown();
  });
});
