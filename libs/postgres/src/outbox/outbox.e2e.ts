import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { Maintenance } from '../maintenance/maintenance.ts';
import { Postgres } from '../postgres.ts';
import { identifier, sql } from '../sql.ts';
import { StorePool } from '../store-pool.ts';
import { Unsendable, type OutboxMessage, type SetAside } from './outbox-message.ts';
import { OutboxRelay } from './outbox-relay.ts';
import { OutboxTable, type Claimed } from './outbox-table.ts';
import { relayBatch } from './relay-batch.ts';

let database: TestDatabase;
let pool: StorePool;
let postgres: Postgres;
let name: string;
let table: OutboxTable;

beforeAll(async () => {
  database = await testDatabase();
  pool = new StorePool({ url: database.ownerUrls.scans, applicationName: 'test' });
  postgres = new Postgres(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  name = `outbox_${randomUUID().replaceAll('-', '')}`;
  table = new OutboxTable('scans', name);
  await pool.query(table.ddl());
});

function message(payload: unknown, more: Partial<OutboxMessage> = {}): OutboxMessage {
  return { id: randomUUID(), kind: 'k', payload, actor: 'a', requestId: 'r', ...more };
}

const add = (messages: readonly OutboxMessage[]) => postgres.transaction((queries) => table.add(queries, messages));

function relay(
  send: (message: Claimed) => Promise<void> | void,
  onSetAside: (reason: string) => void = () => undefined,
) {
  return relayBatch({
    ...{ postgres, table },
    send: async (each) => send(each),
    onSetAside: (_message, reason) => onSetAside(reason),
  });
}

/** Three relays at once, again and again as a service does it: one that could not get at the table tries later. */
async function relaysUntil(isDone: () => boolean, send: (message: Claimed) => void): Promise<void> {
  for (let rounds = 0; !isDone() && rounds < 100; rounds++)
    await Promise.allSettled([relay(send), relay(send), relay(send)]);
}

describe('an outbox of a schema and a name of its own', () => {
  it('sends each message once, with all it carries', async () => {
    await add([message({ n: 1, text: 'ü' }, { aggregate: 'x' })]);
    const sent: Claimed[] = [];
    expect(await relay((each) => void sent.push(each))).toEqual({ sent: 1, isFull: false, failure: undefined });
    expect(await relay((each) => void sent.push(each))).toMatchObject({ sent: 0 });
    expect(sent).toMatchObject([
      { payload: { n: 1, text: 'ü' }, kind: 'k', actor: 'a', requestId: 'r', aggregate: 'x' },
    ]);
  });

  it('holds nothing of a transaction that was undone', async () => {
    const failing = postgres.transaction(async (queries) => {
      await table.add(queries, [message(1)]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await relay(() => undefined)).toMatchObject({ sent: 0 });
  });

  it('is worked off in no time after a long absence of the bus, batch by batch', async () => {
    const count = 3_000;
    const aggregates = Array.from({ length: count }, (_, n) => message(n, { aggregate: `a${n % 1_000}` }));
    for (let from = 0; from < count; from += 500) await add(aggregates.slice(from, from + 500));
    let sent = 0;
    let isFull = true;
    while (isFull) ({ isFull } = await relay(() => void (sent += 1)));
    expect(sent).toBe(count);
  }, 20_000);

  it('keeps the order of an aggregate over batches, relays and failures', async () => {
    await add(Array.from({ length: 250 }, (_, n) => message(n, { aggregate: 'chain' })));
    const sent: unknown[] = [];
    let left = 3;
    await relaysUntil(
      () => sent.length >= 250,
      ({ payload }) => {
        if (Number(payload) % 90 === 60 && left-- > 0) throw new Error('away');
        sent.push(payload);
      },
    );
    expect(sent).toEqual(Array.from({ length: 250 }, (_, n) => n));
  });

  it('gives no message to two relays at once', async () => {
    await add(Array.from({ length: 150 }, (_, n) => message(n)));
    const sent: unknown[] = [];
    await relaysUntil(
      () => sent.length >= 150,
      ({ payload }) => void sent.push(payload),
    );
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent.length).toBe(150);
  });

  it('sets aside what nobody can send, with the reason, and the others of its aggregate go on', async () => {
    await add([
      message(1, { aggregate: 'chain' }),
      message(2, { aggregate: 'chain' }),
      message(3, { aggregate: 'chain' }),
    ]);
    const reasons: string[] = [];
    const sent: unknown[] = [];
    const send = ({ payload }: Claimed): void => {
      if (payload === 2) throw new Unsendable('cannot be read');
      sent.push(payload);
    };
    await relay(send, (reason) => void reasons.push(reason));
    expect(sent).toEqual([1, 3]);
    expect(reasons).toEqual(['cannot be read']);
    expect(await postgres.rows<SetAside>(table.setAside(10))).toMatchObject([{ kind: 'k', reason: 'cannot be read' }]);
    expect(await relay(send)).toMatchObject({ sent: 0 });
  });

  it('takes over what a relay has left that is gone, once its claim is over', async () => {
    await add([message('left', { aggregate: 'chain' }), message('behind', { aggregate: 'chain' })]);
    await postgres.transaction((queries) => table.claim(queries, randomUUID(), 60, 1));
    const sent: unknown[] = [];
    const send = ({ payload }: Claimed): void => void sent.push(payload);
    await relay(send);
    expect(sent).toEqual([]);
    await postgres.count(sql`UPDATE ${identifier('scans', name)} SET claimed_until = now() - interval '1 second'
                              WHERE claim IS NOT NULL`);
    await relay(send);
    expect(sent).toEqual(['left', 'behind']);
  });

  it('does not let a relay settle what another one has taken meanwhile', async () => {
    const added = message('slow');
    await add([added]);
    const slow = randomUUID();
    await postgres.transaction((queries) => table.claim(queries, slow, 0, 1));
    await postgres.transaction((queries) => table.claim(queries, randomUUID(), 60, 1));
    expect(await postgres.count(table.settle(slow, { sent: [], failed: [added.id], setAside: [] }))).toBe(0);
  });

  it('keeps what is not due yet', async () => {
    await add([message('later', { delayMs: 60_000 }), message('now')]);
    const sent: unknown[] = [];
    await relay(({ payload }) => void sent.push(payload));
    expect(sent).toEqual(['now']);
  });

  it('forgets what went out or was set aside long ago, and nothing else', async () => {
    await add([message('old'), message('unsendable'), message('waits')]);
    await relay(({ payload }) => {
      if (payload === 'waits') throw new Error('away');
      if (payload === 'unsendable') throw new Unsendable('nobody could');
    });
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    const keep = (now: Date) =>
      new Maintenance({
        ...{ postgres, lockName: name, chores: table.chores(30), clock: () => Promise.resolve(now) },
        onFailure: (_chore, error) => {
          throw error;
        },
      }).run();
    const setAside = () => postgres.rows(table.countSetAside());
    expect(await setAside()).toEqual([{ count: 1, reason: 'nobody could' }]);
    expect(await keep(inDays(6))).toEqual({ 'sent messages': 0, 'messages set aside': 0 });
    expect(await keep(inDays(8))).toEqual({ 'sent messages': 1, 'messages set aside': 0 });
    expect(await keep(inDays(400))).toEqual({ 'sent messages': 0, 'messages set aside': 1 });
    const rows = await postgres.rows<{ payload: string }>(sql`SELECT payload FROM ${identifier('scans', name)}`);
    expect(rows).toEqual([{ payload: 'waits' }]);
    expect(await setAside()).toEqual([{ count: 0, reason: null }]);
  });
});

describe('a relay', () => {
  it('sends at once when notified, all there is, and goes on after a failure', async () => {
    await add(Array.from({ length: 230 }, (_, n) => message(n)));
    const all = Promise.withResolvers<void>();
    const failures: string[] = [];
    const sent = new Set<unknown>();
    const running = new OutboxRelay({
      ...{ postgres, table, isOpen: () => true, onSetAside: () => undefined },
      send: ({ payload }) => {
        if (sent.size === 150 && failures.length === 0) return Promise.reject(new Error('away'));
        sent.add(payload);
        if (sent.size === 230) all.resolve();
        return Promise.resolve();
      },
      onFailure: (error) => {
        failures.push(String(error));
        running.notify();
      },
    });
    running.notify();
    await all.promise;
    await running.stop();
    expect(failures).toEqual(['Error: away']);
  });
});
