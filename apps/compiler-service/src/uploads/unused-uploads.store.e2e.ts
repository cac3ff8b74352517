import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { withRequestContext } from '@ushadow/observability';
import { migrate, sql, type AuditTrail } from '@ushadow/postgres';
import { KeyRing } from '@ushadow/secrets';
import { openTrail } from '@ushadow/service';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { fileURLToPath } from 'node:url';
import { Database } from '../store/database.store.ts';
import { UnusedUploadStore, type AskedUses } from './unused-uploads.store.ts';

const DAY_MS = 86_400_000;
const day = (number: number): Date => new Date(Date.parse('2031-01-01T00:00:00Z') + number * DAY_MS);

let test: TestDatabase;
let open: Database;
let trail: AuditTrail;
let store: UnusedUploadStore;

beforeAll(async () => {
  test = await testDatabase();
  const directory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
  await migrate({ url: test.ownerUrls.catalog, directory, runningRole: new URL(test.urls.catalog).username });
  open = new Database(test.urls.catalog);
  trail = openTrail(open, new KeyRing([{ id: 'test', bytes: Buffer.alloc(32, 1) }]));
  store = new UnusedUploadStore(open.postgres, trail, 30);
});
afterAll(async () => {
  await open.close();
  await test.drop();
});
beforeEach(async () => {
  await open.postgres.count(sql`DELETE FROM catalog.uploads`);
  for (const name of ['plain', 'deployed', 'set', 'saved'])
    await open.postgres.count(sql`
      INSERT INTO catalog.uploads (name, revision, uploaded_at, uploaded_by)
      VALUES (${name}, gen_random_uuid(), ${day(0)}, 'a')`);
});

const keep = (now: Date, { asked = ['plain', 'deployed', 'set', 'saved'], known = ['deployed'] }: Partial<AskedUses>) =>
  withRequestContext({ requestId: 'r', actor: 'system' }, () =>
    store.forget(
      { asked, known },
      {
        clock: () => Promise.resolve(now),
        onFailure: (_chore, error) => {
          throw error;
        },
      },
    ),
  );

async function going(): Promise<Record<string, string>> {
  const rows = await open.postgres.rows<{ name: string; at: Date }>(
    sql`SELECT name, goes_at AS at FROM catalog.uploads WHERE goes_at IS NOT NULL`,
  );
  return Object.fromEntries(rows.map(({ name, at }) => [name, at.toISOString()]));
}

describe('uploads that nothing is made of', () => {
  beforeAll(async () => {
    await open.postgres.count(sql`
      INSERT INTO catalog.settings (id, path, project, for_uploads, envelope, is_secret, updated_at, updated_by)
      VALUES ('set/x', 'x', 'set', false, 'e1.k.x', false, now(), 'a')`);
    await open.postgres.count(sql`
      INSERT INTO catalog.saved_variables (id, service_id, cluster_id, namespace, variable, updated_at, updated_by)
      VALUES (gen_random_uuid(), 'saved:web', 'c', 'n', 'X', now(), 'a')`);
  });

  it('are named with the day they go, and go that day; what is deployed, set or saved for stays', async () => {
    await keep(day(1), {});
    expect(await going()).toEqual({ plain: day(31).toISOString() });
    await keep(day(2), {});
    await keep(day(30), {});
    expect(await going()).toEqual({ plain: day(31).toISOString() });
    expect(await keep(day(32), {})).toBe(1);
    expect(await store.names()).toEqual(['deployed', 'saved', 'set']);
    expect(await trail.list({}, 10)).toMatchObject([{ action: 'upload.removed', target: 'plain', actor: 'system' }]);
  });

  it('begin their time anew once something was made of them', async () => {
    await keep(day(1), {});
    await keep(day(20), { known: ['deployed', 'plain'] });
    expect(await going()).toEqual({});
    await keep(day(40), {});
    expect(await going()).toEqual({ plain: day(70).toISOString() });
    await store.noteUse('plain');
    expect(await going()).toEqual({});
  });

  it('stay as long as nobody has said just now that nothing is made of them', async () => {
    await keep(day(1), {});
    expect(await keep(day(100), { asked: [], known: [] })).toBe(0);
    expect(await keep(day(100), { known: ['plain', 'deployed'] })).toBe(0);
    expect(await store.names()).toHaveLength(4);
  });
});
