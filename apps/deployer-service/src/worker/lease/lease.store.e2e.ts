import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { COUNTER_MAX, clusterTarget, targetKey } from '@ushadow/contracts';
import { identifier, joinSql, migrate, relayBatch, sql, type AuditTrail, type Claimed } from '@ushadow/postgres';
import { KeyRing } from '@ushadow/secrets';
import { openTrail } from '@ushadow/service';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { deploymentEntry } from '../../audit/deployment-entry.ts';
import { BeginStore } from '../../deployments/store/begin.store.ts';
import { defaultOptions } from '../../deployments/deploy-options.ts';
import type { Deployment, Verdict } from '../../deployments/deployment.ts';
import { DeploymentStore } from '../../deployments/store/deployment.store.ts';
import { EndRequestStore } from '../../deployments/store/end-request.store.ts';
import type { NewDeployment } from '../../deployments/new-deployment.ts';
import { ProgressStore } from '../../deployments/store/progress.store.ts';
import { verdictEvent } from '../../deployments/store/status.store.ts';
import { currentRevision, revisionToRestore } from '../../history/revisions.ts';
import { outboxTable } from '../../outbox/outbox.store.ts';
import { StackStore } from '../../stacks/stack.store.ts';
import { Database } from '../../store/database.store.ts';
import { LeaseStore, type Ending, type Lease, type Taken } from './lease.store.ts';
import { SettleStore } from '../settle/settle.store.ts';
import { RequeueStore } from './requeue.store.ts';

const progress = { type: 'object.applied', message: 'web: created', data: { outcome: 'created' } };
const succeeded: Verdict = { status: 'succeeded', code: null, reason: null, object: null, remedy: null };

const HOUR_MS = 3_600_000;
const ALL_BUT_DATE = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
] as const;

let test: TestDatabase;
let database: Database;
let trail: AuditTrail;
let store: DeploymentStore;
let begin: BeginStore;
let stacks: StackStore;

beforeAll(async () => {
  test = await testDatabase();
  const directory = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
  await migrate({ url: test.ownerUrls.deployments, directory, runningRole: new URL(test.urls.deployments).username });
  database = new Database(test.urls.deployments);
  trail = openTrail(database, new KeyRing([{ id: 'test', bytes: Buffer.alloc(32, 1) }]));
  store = new DeploymentStore(database);
  begin = new BeginStore(database, trail);
  stacks = new StackStore(database);
});

afterAll(async () => {
  await database.close();
  await test.drop();
});

/** Sends all that is due; gives the payloads of one kind. */
async function relayed(kind: 'job' | 'audit'): Promise<unknown[]> {
  const sent: Claimed[] = [];
  const send = (message: Claimed) => Promise.resolve(void sent.push(message));
  const { postgres } = database;
  for (;;) {
    const { isFull } = await relayBatch({ postgres, table: outboxTable, send, onSetAside: () => undefined });
    if (!isFull) return sent.filter((message) => message.kind === kind).map(({ payload }) => payload);
  }
}

const leasesOf = (seconds: number, perCluster = 100): LeaseStore =>
  new LeaseStore(database, { seconds, perCluster }, trail);

async function timeOfDatabase(): Promise<Date> {
  const [row] = await database.postgres.rows<{ now: Date }>(sql`SELECT clock_timestamp() AS now`);
  return row?.now ?? new Date(Number.NaN);
}

async function begun(draft: Partial<NewDeployment> = {}, supersede?: boolean): Promise<Deployment> {
  const result = await begin.begin(await newDeployment(draft), supersede);
  if (result.kind !== 'begun') throw new Error(`in progress: ${result.deploymentId}`);
  return result.deployment;
}

function leaseOf(taken: Taken): Lease {
  if (taken.kind !== 'taken') throw new Error(`not taken: ${taken.kind}`);
  return taken.lease;
}

const taken = async (leases: LeaseStore, id: string, owner = 'one'): Promise<Lease> =>
  leaseOf(await leases.take(id, owner));

function endingOf(deployment: Deployment, verdict = succeeded): Ending {
  const occasion = {
    id: randomUUID(),
    time: new Date(),
    action: 'deployment.finished',
    actor: 'a',
    requestId: 'r',
  } as const;
  const audit = deploymentEntry(deployment, { ...occasion, verdict });
  return { verdict, last: verdictEvent(verdict, 'over'), audit, inventory: [], afterDigest: null, content: null };
}

describe('leases on deployments', () => {
  let deployment: Deployment;
  let id: string;

  beforeEach(async () => {
    deployment = await begun({ project: randomUUID() });
    id = deployment.id;
  });

  it('are given to one of two workers', async () => {
    const leases = leasesOf(30);
    const both = await Promise.all([leases.take(id, 'one'), leases.take(id, 'two')]);
    expect(both.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
  });

  it('belong to deployments that bear the time of Postgres, whatever the clock of who begins them says', async () => {
    const now = await timeOfDatabase();
    jest.useFakeTimers({ now: now.getTime() + HOUR_MS, doNotFake: [...ALL_BUT_DATE] });
    const { createdAt } = await begun({ project: randomUUID() }).finally(() => jest.useRealTimers());
    expect(Math.abs(createdAt.getTime() - now.getTime())).toBeLessThan(HOUR_MS / 2);
  });

  it('number events without a gap, whoever writes them', async () => {
    const leases = leasesOf(30);
    const lease = await taken(leases, id);
    await Promise.all(Array.from({ length: 20 }, () => leases.append(lease, progress, progress)));
    const events = await new ProgressStore(database).after(id, 0, 100);
    expect(events.map((event) => event.sequence)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it('keep events that are stored together in their order, and give them as they are read again', async () => {
    const leases = leasesOf(30);
    const lease = await taken(leases, id);
    const reported = Array.from({ length: 50 }, (_, n) => ({
      type: `t${n}`,
      message: `it's "${n}" \\ ü`,
      data: { z: n, a: null },
    }));
    const stored = await leases.append(lease, ...reported);
    expect(stored).toMatchObject(reported);
    expect(stored).toEqual(await new ProgressStore(database).after(id, 0, 100));
  });

  it('leave a former holder unable to write, renew, release or finish', async () => {
    const leases = leasesOf(30);
    const former = await taken(leases, id, 'one');
    await leases.release(former);
    const current = await taken(leases, id, 'two');
    expect(current.epoch).toBeGreaterThan(former.epoch);
    expect(await leases.append(former, progress)).toEqual([]);
    expect(await leases.renew(former)).toBeUndefined();
    expect(await leases.release(former)).toBe(false);
    expect(await leases.finish(former, deployment, endingOf(deployment))).toBeUndefined();
    expect(await store.find(id)).toMatchObject({ status: 'deploying', lastSequence: 0, attempt: 2 });
  });

  it('are not brought back by a renewal that comes after the release', async () => {
    const leases = leasesOf(30);
    const released = await taken(leases, id, 'one');
    await leases.release(released);
    expect(await leases.renew(released)).toBeUndefined();
    expect(await leases.append(released, progress)).toEqual([]);
    expect(await leases.take(id, 'two')).toMatchObject({ kind: 'taken' });
  });

  it('end with one verdict, stored together with its last event and its audit entry', async () => {
    const leases = leasesOf(30);
    const lease = await taken(leases, id);
    await relayed('audit');
    const ending = endingOf(deployment);
    expect(await leases.finish(lease, deployment, ending)).toMatchObject({ sequence: 1 });
    expect(await store.find(id)).toMatchObject({ status: 'succeeded', verdict: succeeded, lastSequence: 1 });
    expect(await leases.append(lease, progress)).toEqual([]);
    expect(await leases.finish(lease, deployment, endingOf(deployment))).toBeUndefined();
    expect(await leases.take(id, 'two')).toEqual({ kind: 'not-to-have' });
    expect(await relayed('audit')).toMatchObject([ending.audit]);
  });

  it('count a worker that vanished, and none that let go', async () => {
    const leases = leasesOf(0);
    await taken(leases, id, 'vanishes');
    const lease = await taken(leases, id, 'lets go');
    await leases.release(lease);
    await taken(leases, id, 'next');
    expect(await store.find(id)).toMatchObject({ attempt: 3, losses: 1 });
  });

  it('are requeued by the table alone once they have run out, once per lease', async () => {
    const leases = leasesOf(0);
    await taken(leases, id);
    await relayed('job');
    const first = await new RequeueStore(database, 0).requeueAbandoned();
    expect(first.map((each) => each.id)).toContain(id);
    const again = await new RequeueStore(database, 60).requeueAbandoned();
    expect(again.map((each) => each.id)).not.toContain(id);
  });

  it('are requeued although their message was set aside: nobody is going to send it', async () => {
    const requeue = new RequeueStore(database, 0);
    const isRequeued = async (): Promise<boolean> => (await requeue.requeueAbandoned()).some((each) => each.id === id);
    expect(await isRequeued()).toBe(false);
    await database.postgres.count(sql`
      UPDATE deployments.outbox SET set_aside_at = now(), reason = 'unreadable' WHERE payload ->> 'deployment_id' = ${id}`);
    expect(await isRequeued()).toBe(true);
  });

  it('are requeued ever more slowly while nobody takes them, since a message may go to a frozen worker', async () => {
    const requeue = new RequeueStore(database, 30);
    await taken(leasesOf(30), id);
    const isRequeued = async (lostFor: number, requeuedBefore: number | null): Promise<boolean> => {
      await relayed('job');
      await database.postgres.count(sql`
        UPDATE deployments.deployments SET lease_until = now() - make_interval(secs => ${lostFor}),
               woken_at = now() - make_interval(secs => ${requeuedBefore}) WHERE id = ${id}::uuid`);
      return (await requeue.requeueAbandoned()).some((each) => each.id === id);
    };
    expect(await isRequeued(0.1, null)).toBe(true);
    expect(await isRequeued(0.1, 40)).toBe(true);
    expect(await isRequeued(1, 0.5)).toBe(false);
    expect(await isRequeued(1.6, 1.1)).toBe(true);
    expect(await isRequeued(6, 2)).toBe(false);
    expect(await isRequeued(8.1, 4.1)).toBe(true);
    expect(await isRequeued(3_600, 29)).toBe(false);
    expect(await isRequeued(3_600, 31)).toBe(true);
  });

  it('are all requeued in turn, however many are lost and nobody takes them', async () => {
    const ids = new Set<string>();
    for (let count = 0; count < 120; count += 1) ids.add((await begun({ project: randomUUID() })).id);
    const hourPasses = () =>
      database.postgres.count(sql`
        UPDATE deployments.deployments SET created_at = created_at - interval '1 hour', woken_at = woken_at - interval '1 hour'
         WHERE id = ANY(${[...ids]}::uuid[])`);
    const requeued = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      await relayed('job');
      await hourPasses();
      for (const each of await new RequeueStore(database, 30).requeueAbandoned()) requeued.add(each.id);
    }
    expect([...ids].filter((each) => !requeued.has(each))).toEqual([]);
  });

  it('carry the time of the database, from when they were given', async () => {
    const before = await timeOfDatabase();
    const { takenAt } = await taken(leasesOf(30), id);
    const after = await timeOfDatabase();
    expect(takenAt.getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(takenAt.getTime()).toBeLessThanOrEqual(after.getTime());
  });

  it('are refused above what a cluster may have at once, and whoever ends there requeues the one that waited longest', async () => {
    const target = clusterTarget('feedfeedfeedfeed');
    const leases = leasesOf(30, 1);
    const [first, second, third] = [
      await begun({ target, project: 'first' }),
      await begun({ target, project: 'second' }),
      await begun({ target, project: 'third' }),
    ];
    const lease = await taken(leases, first.id);
    expect(await leases.take(third.id, 'one')).toEqual({ kind: 'deferred' });
    expect(await leases.take(second.id, 'one')).toEqual({ kind: 'deferred' });
    await relayed('job');
    await leases.finish(lease, first, endingOf(first));
    await new RequeueStore(database, 30).requeueDeferred(target);
    expect(await relayed('job')).toEqual([{ deployment_id: second.id }]);
    expect(await leases.take(second.id, 'one')).toMatchObject({ kind: 'taken' });
  });
});

describe('deployments of one stack', () => {
  it('never run at once: the second is refused and told which one runs', async () => {
    const first = await begun({ project: 'same' });
    const second = await begin.begin(await newDeployment({ project: 'same' }), undefined);
    expect(second).toEqual({ kind: 'in-progress', deploymentId: first.id });
  });

  it('never run at once, however many are asked for at the same moment', async () => {
    const asked = Array.from({ length: 12 }, async () => begin.begin(await newDeployment({ project: 'rush' }), true));
    await Promise.all(asked);
    const all = await store.ofStack((await stacks.ensure(place('rush'))).id, { limit: 50 });
    expect(all.filter(({ status }) => status === 'pending')).toHaveLength(1);
    expect(all.filter(({ status }) => status === 'superseded')).toHaveLength(11);
    expect(all.map(({ revision }) => revision)).toEqual(Array.from({ length: 12 }, (_, index) => 12 - index));
    expect(all[0]?.status).toBe('pending');
  });

  it('follow each other when superseded: the new one waits until the worker has ended the old one', async () => {
    const leases = leasesOf(30);
    const old = await begun({ project: 'chain' });
    const lease = await taken(leases, old.id);
    const next = await begun({ project: 'chain' }, true);
    expect(next.status).toBe('queued');
    expect(await leases.take(next.id, 'two')).toEqual({ kind: 'not-to-have' });
    expect(await leases.renew(lease)).toMatchObject({ ending: { request: 'supersede', rollback: false, by: next.id } });
    const newest = await begun({ project: 'chain' }, true);
    expect(await store.find(next.id)).toMatchObject({ status: 'superseded', verdict: { superseded_by: newest.id } });
    expect(await leases.renew(lease)).toMatchObject({ ending: { by: newest.id } });
    const verdict: Verdict = { ...succeeded, status: 'superseded' };
    await leases.finish(lease, old, endingOf(old, verdict));
    expect(await store.find(newest.id)).toMatchObject({ status: 'pending' });
    expect(await leases.take(newest.id, 'two')).toMatchObject({ kind: 'taken' });
  });
});

describe('deployments of one stack that are about different services', () => {
  it('wait for each other in the order in which they were asked for, and none takes the place of another', async () => {
    const leases = leasesOf(30);
    const project = randomUUID();
    const first = await begun({ project, services: ['web', 'db'] });
    const lease = await taken(leases, first.id);
    const second = await begun({ project, services: ['web'] }, true);
    const third = await begun({ project, services: ['db'] }, true);
    expect([second.status, third.status]).toEqual(['queued', 'queued']);
    expect(await leases.renew(lease)).toEqual({ ending: null });
    await leases.finish(lease, first, endingOf(first));
    expect(await store.find(second.id)).toMatchObject({ status: 'pending' });
    expect(await store.find(third.id)).toMatchObject({ status: 'queued' });
  });

  it('are let go of once what they waited for is gone, however many others wait for good reason', async () => {
    const ids: string[] = [];
    let former = '';
    for (let count = 0; count < 101; count += 1) {
      const place = { project: randomUUID(), target: clusterTarget(randomUUID().replaceAll('-', '').slice(0, 16)) };
      former = (await begun(place)).id;
      await taken(leasesOf(30), former);
      ids.push((await begun(place, true)).id);
    }
    await database.postgres.count(sql`
      UPDATE deployments.deployments SET status = 'failed', finished_at = now() WHERE id = ${former}::uuid`);
    await new RequeueStore(database, 30).promoteStranded();
    expect(await store.find(ids.at(-1) ?? '')).toMatchObject({ status: 'pending' });
    expect(await store.find(ids[0] ?? '')).toMatchObject({ status: 'queued' });
  });

  it('are all superseded by one that is about all of their services', async () => {
    const project = randomUUID();
    const first = await begun({ project, services: ['web'] });
    const second = await begun({ project, services: ['db'] }, false);
    const all = await begun({ project, services: ['db', 'web'] }, true);
    expect(all.status).toBe('pending');
    for (const { id } of [first, second]) expect(await store.find(id)).toMatchObject({ status: 'superseded' });
  });
});

describe('the history of a stack', () => {
  it('is read to its end, and further back than anybody scrolls lies a revision to go back to', async () => {
    const leases = leasesOf(30);
    const deployment = await begun({ project: 'old' });
    await leases.finish(await taken(leases, deployment.id), deployment, endingOf(deployment));
    // A thousand that were cancelled before a worker had them.
    const columns = await database.postgres.rows<{ name: string }>(sql`
      SELECT column_name AS name FROM information_schema.columns
       WHERE table_schema = 'deployments' AND table_name = 'deployments' AND is_generated = 'NEVER'`);
    const names = columns.map(({ name }) => identifier(name));
    await database.postgres.count(sql`
      INSERT INTO deployments.deployments (${joinSql(names, ', ')})
      SELECT ${joinSql(names, ', ')} FROM (
        SELECT (jsonb_populate_record(kept, jsonb_build_object('id', gen_random_uuid(), 'revision', number,
                 'status', 'cancelled', 'started_at', NULL, 'content', NULL, 'after_digest', NULL))).*
          FROM deployments.deployments AS kept, generate_series(2, 1001) AS number
         WHERE id = ${deployment.id}::uuid) AS copies`);
    const { stackId } = deployment;
    const numbers: number[] = [];
    for await (const { revision } of store.allOfStack(stackId)) numbers.push(revision);
    expect(numbers).toEqual(Array.from({ length: 1_001 }, (_, index) => 1_001 - index));
    expect(await currentRevision(store.allOfStack(stackId))).toMatchObject({ id: deployment.id });
    expect(await revisionToRestore(store.allOfStack(stackId, 900), 900)).toMatchObject({ revision: 1 });
    expect(await store.findRevision(stackId, 1)).toMatchObject({ id: deployment.id });
    expect(await store.findRevision(stackId, COUNTER_MAX)).toBeUndefined();
  });
});

describe('a deployment whose end is not known', () => {
  const left = { afterDigest: 'k:d', content: 'e1.x' };
  const unknown: Verdict = { ...succeeded, status: 'unknown', code: 'CLUSTER_UNREACHABLE' };

  it('is looked at by one process at a time, and settled once', async () => {
    const leases = leasesOf(30);
    const deployment = await begun({ project: 'lost' });
    const lease = await taken(leases, deployment.id);
    await leases.finish(lease, deployment, endingOf(deployment, unknown));
    const settles = new SettleStore(database, trail);
    const claims = await Promise.all([settles.claim(), settles.claim(), settles.claim()]);
    expect(claims.filter((claim) => claim?.id === deployment.id)).toHaveLength(1);
    expect(await settles.settle(deployment, succeeded, 'found', left)).toMatchObject({ type: 'settled', sequence: 2 });
    expect(await store.find(deployment.id)).toMatchObject({ status: 'succeeded', afterDigest: 'k:d' });
    expect(await settles.settle(deployment, succeeded, 'again', left)).toBeUndefined();
  });

  it('has its turn to be looked at, however many there are, and leaves out clusters that are looked at already', async () => {
    const leases = leasesOf(30);
    const target = clusterTarget(randomUUID().replaceAll('-', '').slice(0, 16));
    const lost: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const deployment = await begun({ project: randomUUID(), target });
      await leases.finish(await taken(leases, deployment.id), deployment, endingOf(deployment, unknown));
      lost.push(deployment.id);
    }
    await database.postgres.count(sql`
      UPDATE deployments.deployments SET settle_at = now() + interval '1 day' WHERE target_id <> ${target.id}`);
    const settles = new SettleStore(database, trail);
    expect(await settles.claim([targetKey(target)])).toBeUndefined();
    const looked: (string | undefined)[] = [];
    for (let count = 0; count < 2 * lost.length; count += 1) {
      looked.push((await settles.claim())?.id);
      // So slow is each look that all before it are due again.
      await database.postgres.count(sql`
        UPDATE deployments.deployments SET settle_at = settle_at - interval '1 minute' WHERE target_id = ${target.id}`);
    }
    expect(looked).toEqual([...lost, ...lost]);
  });

  it('is left as it is once something newer was asked for', async () => {
    const leases = leasesOf(30);
    const deployment = await begun({ project: 'overtaken' });
    const lease = await taken(leases, deployment.id);
    await leases.finish(lease, deployment, endingOf(deployment, unknown));
    await begun({ project: 'overtaken' });
    const settles = new SettleStore(database, trail);
    expect((await settles.claim())?.id).not.toBe(deployment.id);
    expect(await settles.settle(deployment, succeeded, 'late', left)).toBeUndefined();
    expect(await store.find(deployment.id)).toMatchObject({ status: 'unknown' });
  });
});

describe('a cancel', () => {
  const request = { rollback: undefined, actor: 'somebody', requestId: 'r' };

  it('ends a deployment that no worker has begun at once', async () => {
    const { id } = await begun({ project: 'unbegun' });
    const asked = await new EndRequestStore(database, trail).cancel(id, request);
    expect(asked).toMatchObject({ accepted: true, running: false, events: [{ type: 'verdict', sequence: 1 }] });
    expect(await store.find(id)).toMatchObject({ status: 'cancelled', verdict: { code: 'CANCELLED' } });
    expect(await leasesOf(30).take(id, 'late')).toEqual({ kind: 'not-to-have' });
  });

  it('reaches the worker that has it, and never takes a further request back', async () => {
    const leases = leasesOf(30);
    const { id } = await begun({ project: 'running' });
    const lease = await taken(leases, id);
    const ends = new EndRequestStore(database, trail);
    expect(await ends.cancel(id, request)).toMatchObject({ accepted: true, running: true });
    expect(await leases.renew(lease)).toMatchObject({
      ending: { request: 'cancel', rollback: true, actor: 'somebody' },
    });
    await ends.cancel(id, { ...request, rollback: false });
    await ends.cancel(id, { ...request, rollback: true });
    expect(await leases.renew(lease)).toMatchObject({ ending: { request: 'cancel', rollback: false } });
  });

  it('comes too late for a deployment that has ended', async () => {
    const { id } = await begun({ project: 'ended' });
    const ends = new EndRequestStore(database, trail);
    await ends.cancel(id, request);
    expect(await ends.cancel(id, request)).toMatchObject({ accepted: false });
    expect(await ends.cancel(randomUUID(), request)).toBeUndefined();
  });
});

function place(project: string, target = clusterTarget('0123456789abcdef')) {
  return { target, namespace: 'n', project };
}

async function newDeployment(draft: Partial<NewDeployment>): Promise<NewDeployment> {
  const { project = 'web', target } = draft;
  return {
    id: randomUUID(),
    ...place(project, target),
    stackId: (await stacks.ensure(place(project, target))).id,
    services: ['web'],
    ...defaultOptions,
    kind: 'deploy',
    basedOn: null,
    objects: [],
    desired: 'e1.x',
    environment: {},
    desiredDigest: 'k:d',
    planId: null,
    planHash: null,
    note: null,
    deleteNamespace: false,
    actor: 'a',
    requestId: 'r',
    ...draft,
  };
}
