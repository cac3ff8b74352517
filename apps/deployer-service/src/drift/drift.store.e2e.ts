import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { clusterTarget, targetKey, type DriftedObjectData } from '@ushadow/contracts';
import { migrate, sql } from '@ushadow/postgres';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { StackStore } from '../stacks/stack.store.ts';
import { Database } from '../store/database.store.ts';
import { DriftStore } from './drift.store.ts';

const EVERY = 60;
let test: TestDatabase;
let database: Database;
let store: DriftStore;

beforeAll(async () => {
  test = await testDatabase();
  const directory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
  await migrate({ url: test.ownerUrls.deployments, directory, runningRole: new URL(test.urls.deployments).username });
  database = new Database(test.urls.deployments);
  store = new DriftStore(database);
});

afterAll(async () => {
  await database.close();
  await test.drop();
});

beforeEach(async () => {
  await database.postgres.count(sql`DELETE FROM deployments.deployments`);
  await database.postgres.count(sql`DELETE FROM deployments.stacks`);
});

/** A stack with one good revision, whose turn it is. */
async function stackIn(clusterId: string, project: string): Promise<string> {
  const { id } = await new StackStore(database).ensure({ target: clusterTarget(clusterId), namespace: 'n', project });
  await deployment(id, 1, 'succeeded');
  await store.enlist(EVERY);
  await dueNow(id);
  return id;
}

async function deployment(stackId: string, revision: number, status: string): Promise<void> {
  const content = status === 'succeeded' ? 'e1.k.content' : null;
  await database.postgres.count(sql`
    INSERT INTO deployments.deployments (id, stack_id, target_id, namespace, project, services, kind, revision, status,
        objects, desired, desired_digest, content, environment, deadline_seconds, stall_seconds, take_over, recreate,
        rollback, prune, actor, request_id)
    VALUES (${randomUUID()}::uuid, ${stackId}::uuid, 'c', 'n', 'p', '{web}', 'deploy', ${revision}, ${status}, '{}',
        'e1.k.desired', 'd', ${content}, '{}', 60, 60, false, 'jobs', true, true, 'a', 'r')`);
}

const dueNow = (id: string) =>
  database.postgres.count(sql`
    UPDATE deployments.stack_drift SET next_check_at = now() - interval '1 second' WHERE stack_id = ${id}::uuid`);

const object: DriftedObjectData = {
  ...{ object: 'Deployment/n/web', services: ['web'], state: 'changed', reason: null },
  fields: [{ path: 'spec.replicas', change: 'changed', wanted: '1', live: '2', manager: 'kubectl', since: null }],
};
const none = { revision: 1, checked: 3, count: 0, objects: [], unseen: [] };
const some = { ...none, count: 1, objects: [object] };

describe('what was found of drift', () => {
  it('is kept with the time since when there is some, which stays until it is over', async () => {
    const id = await stackIn('c1', 'a');
    const first = await store.keep(id, some, EVERY);
    const again = await store.keep(id, some, EVERY);
    expect([first?.change, again?.change]).toEqual(['drifted', 'same']);
    expect(again?.stored.since).toEqual(first?.stored.since);
    expect(await store.find(id)).toMatchObject({ ...some, since: first?.stored.since });
    expect(await store.keep(id, none, EVERY)).toMatchObject({ change: 'resolved', before: first?.stored.since });
    expect(await store.find(id)).toMatchObject({ count: 0, since: null });
  });

  it('is not kept of a stack under a deployment, nor of a content that is not the last one', async () => {
    const id = await stackIn('c1', 'a');
    await deployment(id, 2, 'deploying');
    expect(await store.keep(id, some, EVERY)).toBeUndefined();
    await database.postgres.count(sql`DELETE FROM deployments.deployments WHERE revision = 2`);
    await deployment(id, 2, 'succeeded');
    expect(await store.keep(id, some, EVERY)).toBeUndefined();
    expect(await store.find(id)).toBeUndefined();
    expect(await store.keep(id, { ...some, revision: 2 }, EVERY)).toMatchObject({ change: 'drifted' });
  });
});

describe('whose turn it is to be looked at', () => {
  it('is one stack of a cluster at a time, whoever asks, and the next once that is let go of', async () => {
    const [a, b, other] = [await stackIn('c1', 'a'), await stackIn('c1', 'b'), await stackIn('c2', 'a')];
    const first = await store.claim('one', []);
    const second = await store.claim('two', []);
    const clusters = new Map([
      [a, 'c1'],
      [b, 'c1'],
      [other, 'c2'],
    ] as const);
    expect(new Set([first, second].map((lease) => clusters.get(lease?.stackId ?? '')))).toEqual(new Set(['c1', 'c2']));
    expect(await store.claim('three', [])).toBeUndefined();
    const held = [first, second].find((lease) => clusters.get(lease?.stackId ?? '') === 'c1');
    await store.release(held!, EVERY);
    expect((await store.claim('three', []))?.stackId).toBe(held?.stackId === a ? b : a);
  });

  it('is nobody’s of what is being deployed, and of no cluster that is left out', async () => {
    const id = await stackIn('c1', 'a');
    expect(await store.claim('one', [targetKey(clusterTarget('c1'))])).toBeUndefined();
    await deployment(id, 2, 'pending');
    expect(await store.claim('one', [])).toBeUndefined();
  });

  it('comes again after a process was lost that had it', async () => {
    const id = await stackIn('c1', 'a');
    await store.claim('lost', []);
    await database.postgres.count(sql`UPDATE deployments.stack_drift SET lease_until = now() - interval '1 second'`);
    expect(await store.claim('next', [])).toEqual({ stackId: id, owner: 'next' });
  });

  it('is later for all stacks of a cluster that does not answer', async () => {
    await Promise.all([stackIn('c1', 'a'), stackIn('c1', 'b')]);
    const lease = await store.claim('one', []);
    expect(lease).toBeDefined();
    await store.postpone(clusterTarget('c1'));
    expect(await store.claim('one', [])).toBeUndefined();
  });

  it('is soon after a deployment of what had drifted, and not of what had not', async () => {
    const [a, b] = [await stackIn('c1', 'a'), await stackIn('c2', 'b')];
    await store.keep(a, some, EVERY);
    await store.keep(b, none, EVERY);
    await Promise.all([store.wake(a), store.wake(b)]);
    const rows = await database.postgres.rows<{ id: string }>(sql`
      SELECT stack_id AS id FROM deployments.stack_drift WHERE next_check_at < now() + interval '10 seconds'`);
    expect(rows).toEqual([{ id: a }]);
  });
});
