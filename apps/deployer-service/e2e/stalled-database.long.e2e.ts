import { clusterTarget } from '@ushadow/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { joinSql, LIMITS, migrate, Postgres, relayBatch, sql, type AuditTrail, type Sql } from '@ushadow/postgres';
import { KeyRing } from '@ushadow/secrets';
import { openTrail } from '@ushadow/service';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { deploymentEntry } from '../src/audit/deployment-entry.ts';
import { BeginStore } from '../src/deployments/store/begin.store.ts';
import { defaultOptions } from '../src/deployments/deploy-options.ts';
import type { Deployment, Verdict } from '../src/deployments/deployment.ts';
import { EndRequestStore } from '../src/deployments/store/end-request.store.ts';
import type { NewDeployment } from '../src/deployments/new-deployment.ts';
import { verdictEvent } from '../src/deployments/store/status.store.ts';
import { jobMessage } from '../src/outbox/outbox-message.ts';
import { outboxTable } from '../src/outbox/outbox.store.ts';
import { StackStore } from '../src/stacks/stack.store.ts';
import { LeaseStore, type Lease } from '../src/worker/lease/lease.store.ts';
import { Database } from '../src/store/database.store.ts';
import { StallingPool, type Stall } from './stalling-pool.ts';

/** What is so long in life, made short: a stall is over in less than a second. */
const SHORT = { ...LIMITS, connect: 2_000, lock: 400, statement: 450, idle: 450, answer: 600 };
const LEASE = { seconds: 60, perCluster: 1_000 };
const succeeded: Verdict = { status: 'succeeded', code: null, reason: null, object: null, remedy: null };

/** Something that is stored as a whole or not at all. */
interface Deed {
  readonly act: (database: Database) => Promise<unknown>;
  /** Each sign that it was stored. */
  readonly signs: () => Promise<readonly boolean[]>;
}

let test: TestDatabase;
let database: Database;
let trail: AuditTrail;
let stalling: StallingPool;
let stalled: Database;

beforeAll(async () => {
  test = await testDatabase();
  const directory = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
  await migrate({ url: test.ownerUrls.deployments, directory, runningRole: new URL(test.urls.deployments).username });
  database = new Database(test.urls.deployments);
  trail = openTrail(database, new KeyRing([{ id: 'test', bytes: Buffer.alloc(32, 1) }]));
  stalling = await StallingPool.to(test.urls.deployments, SHORT);
  stalled = { ...database, postgres: new Postgres(stalling.pool) };
});
afterAll(async () => {
  await stalling.close();
  await database.close();
  await test.drop();
});

async function draft(): Promise<NewDeployment> {
  const place = { target: clusterTarget('0123456789abcdef'), namespace: 'n', project: randomUUID() };
  return {
    ...{ ...place, ...defaultOptions, id: randomUUID(), stackId: (await new StackStore(database).ensure(place)).id },
    ...{ services: ['web'], kind: 'deploy', basedOn: null, objects: [], desired: 'e1.x', environment: {} },
    ...{ desiredDigest: 'k:d', planId: null, planHash: null, note: null, deleteNamespace: false },
    ...{ actor: 'a', requestId: 'r' },
  };
}

async function begun(): Promise<Deployment> {
  const result = await new BeginStore(database, trail).begin(await draft(), undefined);
  if (result.kind !== 'begun') throw new Error('not begun');
  return result.deployment;
}

async function taken(): Promise<{ deployment: Deployment; lease: Lease }> {
  const result = await new LeaseStore(database, LEASE, trail).take((await begun()).id, 'me');
  if (result.kind !== 'taken') throw new Error(`not taken: ${result.kind}`);
  return result;
}

/** Whether there is a row, for each statement; all at one moment, since what is unknown may be stored at any. */
async function found(...statements: readonly Sql[]): Promise<readonly boolean[]> {
  const signs = joinSql(statements.map((statement) => sql`EXISTS (${statement})`));
  const [row] = await database.postgres.rows<{ signs: boolean[] }>(sql`SELECT ARRAY[${signs}] AS signs`);
  return row?.signs ?? [];
}

const deploymentIs = (id: string, status: string) =>
  sql`SELECT 1 FROM deployments.deployments WHERE id = ${id}::uuid AND status = ${status}`;
const jobOf = (id: string) =>
  sql`SELECT 1 FROM deployments.outbox WHERE kind = 'job' AND payload ->> 'deployment_id' = ${id}`;
const audited = (id: string, action: string) =>
  sql`SELECT 1 FROM deployments.audit_trail AS entry JOIN deployments.outbox ON payload ->> 'seal' = seal
       WHERE entry.deployment_id = ${id} AND record::jsonb ->> 'action' = ${action}`;
const eventOf = (id: string, type: string) =>
  sql`SELECT 1 FROM deployments.progress_events WHERE deployment_id = ${id}::uuid AND type = ${type}`;
const held = (id: string, isHeld: boolean) =>
  sql`SELECT 1 FROM deployments.deployments WHERE id = ${id}::uuid AND (lease_owner IS NOT NULL) = ${isHeld}`;

const deeds: Readonly<Record<string, () => Promise<Deed>>> = {
  'a deployment that begins': async () => {
    const wanted = await draft();
    const { id } = wanted;
    return {
      act: (through) => new BeginStore(through, trail).begin(wanted, undefined),
      signs: () => found(deploymentIs(id, 'pending'), jobOf(id), audited(id, 'deployment.requested')),
    };
  },
  'a lease that is taken': async () => {
    const { id } = await begun();
    return {
      act: (through) => new LeaseStore(through, LEASE, trail).take(id, 'me'),
      signs: () => found(deploymentIs(id, 'deploying'), held(id, true)),
    };
  },
  'a lease that is let go of': async () => {
    const { lease } = await taken();
    const { deploymentId: id } = lease;
    await database.postgres.count(sql`DELETE FROM deployments.outbox WHERE payload ->> 'deployment_id' = ${id}`);
    const again = { delayMs: 60_000, actor: 'a', requestId: 'r' };
    return {
      act: (through) => new LeaseStore(through, LEASE, trail).release(lease, again),
      signs: () => found(held(id, false), jobOf(id)),
    };
  },
  'events that are told': async () => {
    const { lease } = await taken();
    const { deploymentId: id } = lease;
    const reported = (type: string) => ({ type, message: 'm', data: {} });
    return {
      act: (through) => new LeaseStore(through, LEASE, trail).append(lease, reported('one'), reported('two')),
      signs: () => found(eventOf(id, 'one'), eventOf(id, 'two')),
    };
  },
  'a verdict': async () => {
    const { deployment, lease } = await taken();
    const { id } = deployment;
    const occasion = { id: randomUUID(), time: new Date(), action: 'deployment.finished' } as const;
    const audit = deploymentEntry(deployment, { ...occasion, actor: 'a', requestId: 'r', verdict: succeeded });
    const last = verdictEvent(succeeded, 'over');
    const ending = { verdict: succeeded, last, audit, inventory: [], afterDigest: null, content: null };
    return {
      act: (through) => new LeaseStore(through, LEASE, trail).finish(lease, deployment, ending),
      signs: () =>
        found(
          deploymentIs(id, 'succeeded'),
          held(id, false),
          eventOf(id, 'verdict'),
          audited(id, 'deployment.finished'),
        ),
    };
  },
  'a cancel': async () => {
    const { id } = await begun();
    const request = { rollback: undefined, actor: 'somebody', requestId: 'r' };
    return {
      act: (through) => new EndRequestStore(through, trail).cancel(id, request),
      signs: () => found(deploymentIs(id, 'cancelled'), eventOf(id, 'verdict'), audited(id, 'deployment.finished')),
    };
  },
  'messages that go out': async () => {
    const message = jobMessage(randomUUID(), { actor: 'a', requestId: 'r' });
    await database.postgres.count(sql`DELETE FROM deployments.outbox`);
    await database.postgres.transaction((queries) => outboxTable.add(queries, [message]));
    const send = () => Promise.resolve();
    return {
      act: ({ postgres }) => relayBatch({ postgres, table: outboxTable, send, onSetAside: () => undefined }),
      signs: () => found(sql`SELECT 1 FROM deployments.outbox WHERE id = ${message.id}::uuid AND sent_at IS NOT NULL`),
    };
  },
};

type Outcome = 'acknowledged' | 'refused' | 'unknown';

function outcomeOf(act: Promise<unknown>): Promise<Outcome> {
  return act.then(
    () => 'acknowledged',
    (error: { code?: string }) => (error.code === 'OUTCOME_UNKNOWN' ? 'unknown' : 'refused'),
  );
}

describe.each(Object.keys(deeds))('%s, with a database that stalls', (name) => {
  it.each<Stall>(['silence', 'answer lost'])(
    '(%s) at any of its statements: what is acknowledged is there, what is refused is not, and nothing is half there',
    async (stall) => {
      const seen = new Set<Outcome>();
      for (let number = 1, isOver = false; !isOver; number++) {
        const deed = await (deeds[name] ?? (() => Promise.reject(new Error(name))))();
        stalling.plan(stall, number);
        const outcome = await outcomeOf(deed.act(stalled));
        // Limits are short here: what no stall has touched may be refused on a busy machine, and is asked for again.
        isOver = !stalling.mend() && outcome === 'acknowledged';
        seen.add(outcome);
        const signs = await deed.signs();
        const where = `statement ${String(number)}: ${outcome}`;
        expect({ where, kinds: new Set(signs).size }).toEqual({ where, kinds: 1 });
        if (outcome !== 'unknown')
          expect({ where, stored: signs[0] }).toEqual({ where, stored: outcome === 'acknowledged' });
        // Nobody keeps a lock: the same goes through for somebody else, once what was stored is out of the way.
        expect({
          where,
          next: await outcomeOf((await deeds[name]?.())?.act(database) ?? Promise.reject(new Error(name))),
        }).toEqual({
          where,
          next: 'acknowledged',
        });
      }
      expect(seen.has('unknown') || name === 'a deployment that begins').toBe(true);
    },
    120_000,
  );
});
