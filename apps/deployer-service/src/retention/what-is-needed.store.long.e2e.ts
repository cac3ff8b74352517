import { clusterTarget } from '@ushadow/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate, sql } from '@ushadow/postgres';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { OwnedEntry } from '../content/owned-entry.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { currentRevision, revisionToRestore } from '../history/revisions.ts';
import { TRIED } from '../stacks/stack-contents.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { Database } from '../store/database.store.ts';
import { maintenanceOf } from './chores.store.ts';

const DAY_MS = 86_400_000;
const now = new Date('2031-01-01T00:00:00Z');

let test: TestDatabase;
let database: Database;
let store: DeploymentStore;

beforeAll(async () => {
  test = await testDatabase();
  const directory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
  await migrate({ url: test.ownerUrls.deployments, directory, runningRole: new URL(test.urls.deployments).username });
  database = new Database(test.urls.deployments);
  store = new DeploymentStore(database);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const services = fc.subarray(['web', 'db', 'old'], { minLength: 1 });
/** One in the history of a stack, as it may have ended. */
const ended = fc.record({
  status: fc.constantFrom(
    'succeeded',
    'succeeded',
    'succeeded',
    'failed',
    'failed',
    'cancelled',
    'superseded',
    'unknown',
  ),
  kind: fc.constantFrom(
    'deploy',
    'deploy',
    'deploy',
    'restart',
    'scale',
    'stop',
    'start',
    'rollback',
    'envmap',
    'remove',
  ),
  services,
  /** What it has brought the stack to. */
  digest: fc.constantFrom('one', 'two', 'three'),
  undone: fc.boolean(),
  isStarted: fc.boolean(),
  /** Left good although it failed. */
  isKept: fc.boolean(),
  live: services,
  base: fc.option(fc.nat(30)),
});
type Ended = typeof ended extends fc.Arbitrary<infer T> ? T : never;

async function stackWith(history: readonly Ended[], waits: { readonly base: number | null } | null): Promise<string> {
  const { id: stackId } = await new StackStore(database).ensure({
    target: clusterTarget('c'),
    namespace: 'n',
    project: randomUUID(),
  });
  // A stack that is not older than its history is not forgotten as a whole.
  await database.postgres.count(sql`UPDATE deployments.stacks SET created_at = ${now} WHERE id = ${stackId}::uuid`);
  const ids = history.map(() => randomUUID());
  const rows = history.map((each, index) => {
    const isGood = each.status === 'succeeded' || (each.status === 'failed' && each.isKept);
    const isStarted = isGood || each.isStarted;
    return {
      ...{ id: ids[index], revision: index + 1, status: each.status, kind: each.kind, services: each.services },
      ...{ undone: each.undone, based_on: each.base === null ? null : (ids[each.base] ?? null) },
      ...{ content: isGood ? 'e1.k.content' : null, after_digest: isGood ? each.digest : null },
      inventory: isStarted ? [{ uid: 'u', services: each.live }] : null,
      started_at: isStarted ? now : null,
      at: new Date(now.getTime() - (400 - index) * DAY_MS),
    };
  });
  const queued =
    waits === null
      ? []
      : [{ ...waiting, id: randomUUID(), revision: rows.length + 1, based_on: ids[waits.base ?? -1] ?? null }];
  await database.postgres.count(sql`
    INSERT INTO deployments.deployments (id, stack_id, target_id, namespace, project, services, kind, revision, based_on,
        status, objects, desired, desired_digest, after_digest, content, inventory, environment, undone, deadline_seconds,
        stall_seconds, take_over, recreate, rollback, prune, actor, request_id, created_at, started_at, finished_at)
    SELECT id, ${stackId}::uuid, 'c', 'n', (SELECT project FROM deployments.stacks WHERE id = ${stackId}::uuid),
        ARRAY(SELECT jsonb_array_elements_text(services)), kind, revision, based_on, status, '{}', 'e1.k.desired', 'd',
        after_digest, content, inventory, jsonb_build_object('web', jsonb_build_array(id)), undone, 600, 240, false, 'jobs',
        true, true, 'a', 'r', at, started_at, CASE WHEN status <> 'queued' THEN at END
      FROM jsonb_to_recordset(${JSON.stringify([...rows, ...queued])}::jsonb) AS row (id uuid, revision int, status text,
        kind text, services jsonb, undone boolean, based_on uuid, content text, after_digest text, inventory jsonb,
        started_at timestamptz, at timestamptz)`);
  return stackId;
}

const waiting = {
  ...{ status: 'queued', kind: 'rollback', services: ['web'], undone: false, content: null, after_digest: null },
  ...{ inventory: null, started_at: null, at: new Date(now.getTime() - 100 * DAY_MS) },
};

/** All that anything in this service finds out from the history of a stack before it does something with it. */
async function known(stackId: string) {
  const all = await store.ofStack(stackId, { limit: 500 });
  const good = await store.lastGood(stackId);
  const inventory = (await store.inventory(stackId)) as readonly OwnedEntry[] | undefined;
  const tried = await store.ofStack(stackId, { above: good?.revision, limit: TRIED });
  const back = await Promise.all([
    revisionToRestore(all),
    ...all.slice(0, 1).map(({ revision }) => revisionToRestore(all, revision)),
  ]);
  const live = new Set(inventory?.flatMap((entry) => entry.services ?? []));
  const project = (await database.prisma.stack.findUniqueOrThrow({ where: { id: stackId } })).project;
  const bases = all.filter(({ status }) => status === 'queued').flatMap(({ basedOn }) => basedOn ?? []);
  return {
    good: good?.id,
    content: good === undefined ? undefined : await store.content(good.id),
    current: (await currentRevision(all))?.id,
    back: await Promise.all(back.map(async (each) => each && [each.id, await store.content(each.id)])),
    inventory,
    tried: await Promise.all(tried.map(async ({ id }) => [id, await store.desired(id)])),
    newest: (await store.newestByService([stackId]))
      .filter(({ service }) => live.has(service))
      .map(({ service, deployment }) => [service, deployment.id]),
    environment: live.has('web')
      ? await store.lastEnvironment({ target: clusterTarget('c'), namespace: 'n', project, service: 'web' })
      : undefined,
    waiting: await Promise.all(
      all.filter(({ status }) => status === 'queued').map(async ({ id }) => [id, await store.desired(id)]),
    ),
    bases: await Promise.all(bases.map(async (id) => [id, await store.content(id)])),
    newestRevision: all[0]?.revision,
  };
}

describe('what goes', () => {
  it('is never what anything would look at: whatever a stack went through, all that is known of it stays the same', async () => {
    const histories = fc.record({
      history: fc.array(ended, { minLength: 1, maxLength: 30, size: 'max' }),
      waits: fc.option(fc.record({ base: fc.option(fc.nat(30)) })),
      keepRevisions: fc.integer({ min: 1, max: 4 }),
    });
    let thinned = 0;
    await fc.assert(
      fc.asyncProperty(histories, async ({ history, waits, keepRevisions }) => {
        const stackId = await stackWith(history, waits);
        const before = await known(stackId);
        const maintenance = maintenanceOf(
          database,
          { keepRevisions, keepDays: 30 },
          {
            clock: () => Promise.resolve(now),
            onFailure: (_chore, error) => {
              throw error;
            },
          },
        );
        await maintenance.run();
        expect(await known(stackId)).toEqual(before);
        const left = await store.ofStack(stackId, { limit: 500 });
        thinned +=
          history.length - left.filter(({ thinnedAt, status }) => thinnedAt === null && status !== 'queued').length;
        await database.postgres.count(sql`DELETE FROM deployments.deployments WHERE stack_id = ${stackId}::uuid`);
      }),
      { numRuns: 120 },
    );
    expect(thinned).toBeGreaterThan(300);
  });
});
