import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { migrate } from '@ushadow/postgres';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { DeploymentStore } from '../deployments/deployment.store.ts';
import { ProgressStore } from '../deployments/progress.store.ts';
import { auditMessage, jobMessage } from '../outbox/outbox-message.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { openDatabase, type Database } from '../store/database.store.ts';
import { LeaseStore } from './lease.store.ts';

const progress = { type: 'object.applied', message: 'web: created', data: { outcome: 'created' } };
const verdict = { status: 'succeeded', code: null, reason: null, object: null, remedy: null } as const;

describe('leases on deployments', () => {
  let test: TestDatabase;
  let database: Database;
  let store: DeploymentStore;
  let id: string;

  beforeAll(async () => {
    test = await testDatabase();
    const directory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
    await migrate({ url: test.urls.deployments, directory });
    database = openDatabase(test.urls.deployments);
    store = new DeploymentStore(database);
  });

  afterAll(async () => {
    await database.$disconnect();
    await test.drop();
  });

  beforeEach(async () => {
    id = randomUUID();
    await store.create(newDeployment(id, id), [jobMessage(id, { actor: 'a', requestId: 'r' })]);
  });

  it('are given to one of two workers', async () => {
    const leases = new LeaseStore(database, 30);
    const taken = await Promise.all([leases.take(id, 'one'), leases.take(id, 'two')]);
    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it('number events without a gap, whoever writes them', async () => {
    const leases = new LeaseStore(database, 30);
    const lease = (await leases.take(id, 'one')) ?? fail();
    await Promise.all(Array.from({ length: 20 }, () => leases.append(lease, progress)));
    const events = await new ProgressStore(database).after(id, 0, 100);
    expect(events.map((event) => event.sequence)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('leave a former holder unable to write, renew, release or finish', async () => {
    const leases = new LeaseStore(database, 30);
    const former = (await leases.take(id, 'one')) ?? fail();
    await leases.release(former);
    const current = (await leases.take(id, 'two')) ?? fail();
    expect(current.epoch).toBeGreaterThan(former.epoch);
    expect(await leases.append(former, progress)).toBeUndefined();
    expect(await leases.renew(former)).toBe(false);
    expect(await leases.release(former)).toBe(false);
    expect(await leases.finish(former, { verdict, last: progress, messages: [] })).toBeUndefined();
    expect(await store.find(id)).toMatchObject({ status: 'deploying', lastSequence: 0, attempt: 2 });
  });

  it('end with one verdict, stored together with its last event and its audit entry', async () => {
    const leases = new LeaseStore(database, 30);
    const lease = (await leases.take(id, 'one')) ?? fail();
    await new OutboxStore(database).relay(() => Promise.resolve());
    const audit = auditMessage({ ...auditEntry(id), verdict }, new Date(0));
    expect(await leases.finish(lease, { verdict, last: progress, messages: [audit], inventory: [] })).toMatchObject({
      sequence: 1,
    });
    expect(await store.find(id)).toMatchObject({ status: 'succeeded', verdict, lastSequence: 1 });
    expect(await leases.append(lease, progress)).toBeUndefined();
    expect(await leases.take(id, 'two')).toBeUndefined();
    const sent: unknown[] = [];
    await new OutboxStore(database).relay((message) => Promise.resolve(void sent.push(message.payload)));
    expect(sent).toEqual([audit.payload]);
  });

  it('put off do not count as a try, and are taken by nobody before their time', async () => {
    const leases = new LeaseStore(database, 30);
    const lease = (await leases.take(id, 'one')) ?? fail();
    expect(await leases.defer(lease, 30)).toBe(true);
    expect(await leases.take(id, 'two')).toBeUndefined();
    expect((await leases.abandoned()).map((each) => each.id)).not.toContain(id);
    await leases.defer(lease, 0);
    expect(await leases.take(id, 'two')).toMatchObject({ attempt: 0 });
    expect(await leases.defer(lease, 0)).toBe(false);
  });

  it('are told apart when they were lost one after the other', async () => {
    const leases = new LeaseStore(database, 0);
    const lost: (string | undefined)[] = [];
    for (const owner of ['one', 'two']) {
      await leases.take(id, owner);
      lost.push((await leases.abandoned()).find((each) => each.id === id)?.since);
    }
    expect(new Set(lost).size).toBe(2);
    expect(lost).not.toContain(undefined);
  });

  it('count as abandoned once they have run out', async () => {
    const leases = new LeaseStore(database, 0);
    await leases.take(id, 'one');
    expect((await leases.abandoned()).map((each) => each.id)).toContain(id);
  });
});

describe('deployments of one service in one place', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await testDatabase();
    await migrate({
      url: test.urls.deployments,
      directory: fileURLToPath(new URL('../../prisma/migrations', import.meta.url)),
    });
    database = openDatabase(test.urls.deployments);
  });

  afterAll(async () => {
    await database.$disconnect();
    await test.drop();
  });

  it('never run at once: the second is refused and told which one runs', async () => {
    const store = new DeploymentStore(database);
    const [first, second] = [randomUUID(), randomUUID()];
    expect(await store.create(newDeployment(first, 'same'), [])).toEqual({ created: true });
    expect(await store.create(newDeployment(second, 'same'), [])).toEqual({ created: false, inProgress: first });
  });
});

function newDeployment(id: string, serviceName: string) {
  return {
    id,
    clusterId: '0123456789abcdef',
    namespace: 'n',
    serviceId: `file:${serviceName}`,
    serviceName,
    objects: [],
    desired: 'e1.x',
    desiredDigest: 'd',
    deadlineSeconds: 10,
    actor: 'a',
    requestId: 'r',
  };
}

function auditEntry(id: string) {
  return {
    action: 'deployment.finished' as const,
    actor: 'a',
    request_id: 'r',
    deployment_id: id,
    cluster_id: '0123456789abcdef',
    namespace: 'n',
    service_id: 'file:web',
    desired_digest: 'd',
  };
}

function fail(): never {
  throw new Error('no lease');
}
