import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeyRing, openEnvelope, sealEnvelope, type Binding } from '@ushadow/secrets';
import { composeDirectory } from './support/gateway.ts';
import { natsFor, repositoryRoot, startServices, testDatabase, type TestDatabase } from '@ushadow/testing';
import pg from 'pg';

const ROWS = 250;
const oldKey = { id: 'old', bytes: randomBytes(32) };
const newKey = { id: 'new', bytes: randomBytes(32) };
const spell = (...keys: { id: string; bytes: Uint8Array }[]) =>
  keys.map(({ id, bytes }) => `${id}:${Buffer.from(bytes).toString('base64')}`).join(',');
const holders = ['cluster-service', 'compiler-service', 'deployer-service'] as const;
const COLUMNS = 4;
/** Each service has a ring of its own; here all of them have the same keys, by which rows are counted. */
const rings = (ring: string) => ({ CLUSTERS_KEYS: ring, CATALOG_KEYS: ring, DEPLOYMENTS_KEYS: ring });

interface Sealed {
  readonly binding: Binding;
  readonly plaintext: string;
}

/** T3: what is stored by any service moves to the new key, whatever happens meanwhile. */
describe('npm run keys:rotate', () => {
  let database: TestDatabase;
  let natsUrl: string;
  let sealing: Readonly<Record<string, string>>;
  const clusters = new Map<string, Sealed>();
  const registries = new Map<string, Sealed>();
  const deployments = new Map<string, Sealed>();
  const settings = new Map<string, Sealed>();

  const query = async (text: string, values: unknown[] = []): Promise<Record<string, string>[]> => {
    const client = new pg.Client({ connectionString: database.adminUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, string>>(text, values)).rows;
    } finally {
      await client.end();
    }
  };
  const start = (keys: string) =>
    startServices({
      database,
      natsUrl,
      composeDirectory,
      only: holders,
      env: Object.fromEntries(holders.map((name) => [name, { USHADOW_KEYS: keys, STATUS_INTERVAL_SECONDS: '0' }])),
    });

  /** Runs the command as a person would; `started` is given its process. */
  async function rotate(
    env: Record<string, string>,
    started: (child: ChildProcess) => void = () => undefined,
  ): Promise<{ code: number | null; output: string }> {
    const script = join(repositoryRoot(), 'tools/keys.mjs');
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, ['--conditions=@ushadow/source', script], {
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => (output += data.toString()));
    }
    started(child);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, output };
  }
  /** Ends it the hard way when it has come to the middle of a table, where somebody else holds a row. */
  async function killedAtTheMiddleOf(table: string): Promise<void> {
    const holder = new pg.Client({ connectionString: database.adminUrl });
    await holder.connect();
    await holder.query('BEGIN');
    // Found first, locked then: FOR UPDATE would lock what OFFSET skips as well.
    const middle = `SELECT id FROM ${table} ORDER BY id OFFSET ${String(ROWS / 2)} LIMIT 1`;
    await holder.query(`SELECT 1 FROM ${table} WHERE id = (${middle}) FOR UPDATE`);
    try {
      let child: ChildProcess | undefined;
      const run = rotate(both(), (started) => (child = started));
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      for (const deadline = Date.now() + 60_000; (await query(waiting)).length === 0;) {
        if (Date.now() > deadline) throw new Error('it never came to the row that is held');
      }
      child?.kill('SIGKILL');
      await run;
    } finally {
      await holder.end();
    }
  }
  const both = () => ({
    ...rings(spell(newKey, oldKey)),
    CLUSTERS_DATABASE_URL: database.urls.clusters,
    CATALOG_DATABASE_URL: database.urls.catalog,
    DEPLOYMENTS_DATABASE_URL: database.urls.deployments,
    ...sealing,
  });

  const stored = async () =>
    [
      ...(await query('SELECT id, credential AS envelope FROM clusters.clusters')).map((row) => ({
        ...row,
        of: clusters,
      })),
      ...(await query('SELECT cluster_id AS id, password AS envelope FROM clusters.pull_secrets')).map((row) => ({
        ...row,
        of: registries,
      })),
      ...(await query('SELECT path AS id, envelope FROM catalog.settings WHERE path LIKE $1', ['rotated.%'])).map(
        (row) => ({
          ...row,
          of: settings,
        }),
      ),
      ...(await query('SELECT id, desired AS envelope FROM deployments.deployments')).map((row) => ({
        ...row,
        of: deployments,
      })),
    ] as unknown as { id: string; envelope: string; of: Map<string, Sealed> }[];
  const everythingReads = async (ring: KeyRing) => {
    const rows = await stored();
    expect(rows).toHaveLength(COLUMNS * ROWS);
    for (const { id, envelope, of } of rows) {
      const { binding, plaintext } = of.get(id) as Sealed;
      if (openEnvelope(ring, binding, envelope).toString() !== plaintext) throw new Error(`${id} reads as another`);
    }
  };
  const keysOf = async () => {
    const counts: Record<string, number> = {};
    for (const { envelope } of await stored()) {
      const keyId = envelope.split('.')[1] ?? '';
      counts[keyId] = (counts[keyId] ?? 0) + 1;
    }
    return counts;
  };

  beforeAll(async () => {
    database = await testDatabase();
    natsUrl = (await natsFor(import.meta.url)).url;
    const system = await start(spell(oldKey));
    await system.stop();
    const { clusters: cluster, catalog, deployments: deployer } = system.settings.auditKeys;
    sealing = { CLUSTERS_AUDIT_KEYS: cluster, CATALOG_AUDIT_KEYS: catalog, DEPLOYMENTS_AUDIT_KEYS: deployer };
    const ring = new KeyRing([oldKey]);
    const rows = Array.from({ length: ROWS }, (_, index) => {
      const [id, deployment] = [(index + 1).toString(16).padStart(16, '0'), randomUUID()];
      clusters.set(id, { binding: { recordId: id, purpose: 'cluster-connection', version: 1 }, plaintext: `c ${id}` });
      const binding = { recordId: `${id} ghcr.io`, purpose: 'pull-secret', version: 1 };
      registries.set(id, { binding, plaintext: `r ${id}` });
      const path = `rotated.${id}`;
      settings.set(path, { binding: { recordId: path, purpose: 'setting' }, plaintext: `s ${id}` });
      deployments.set(deployment, {
        binding: { recordId: deployment, purpose: 'desired-state' },
        plaintext: JSON.stringify({ objects: [], dependencies: [], id: deployment }),
      });
      const seal = (of: Map<string, Sealed>, key: string) => {
        const { binding, plaintext } = of.get(key) as Sealed;
        return sealEnvelope(ring, binding, plaintext);
      };
      return {
        id,
        deployment,
        credential: seal(clusters, id),
        password: seal(registries, id),
        path,
        setting: seal(settings, path),
        desired: seal(deployments, deployment),
      };
    });
    const json = [JSON.stringify(rows)];
    await query(
      `INSERT INTO clusters.clusters (id, name, context, server, namespace, labels, status, status_since, checked_at,
         next_check_at, credential, credential_key_id)
       SELECT r->>'id', r->>'id', 'c', 'https://127.0.0.1:1', 'ushadow', '{}', 'unreachable', now(), now(), now(),
         r->>'credential', 'old' FROM jsonb_array_elements($1::jsonb) AS r`,
      json,
    );
    await query(
      `INSERT INTO clusters.pull_secrets (cluster_id, registry, username, password)
       SELECT r->>'id', 'ghcr.io', 'robot', r->>'password' FROM jsonb_array_elements($1::jsonb) AS r`,
      json,
    );
    await query(
      `INSERT INTO catalog.settings (id, path, envelope, is_secret, for_uploads, updated_at, updated_by)
       SELECT r->>'path', r->>'path', r->>'setting', true, false, now(), 'a' FROM jsonb_array_elements($1::jsonb) AS r`,
      json,
    );
    await query(
      `WITH stack AS (
         INSERT INTO deployments.stacks (id, target_id, namespace, project)
         SELECT (r->>'deployment')::uuid, r->>'id', 'ushadow', 's' FROM jsonb_array_elements($1::jsonb) AS r)
       INSERT INTO deployments.deployments (id, stack_id, target_id, namespace, project, services, revision, status, objects,
         desired, desired_digest, deadline_seconds, actor, request_id)
       SELECT (r->>'deployment')::uuid, (r->>'deployment')::uuid, r->>'id', 'ushadow', 's', '{web}', 1, 'succeeded', '{}',
         r->>'desired', '', 60, 'a', 'r'
       FROM jsonb_array_elements($1::jsonb) AS r`,
      json,
    );
  }, 120_000);

  afterAll(async () => {
    await database?.drop();
  }, 120_000);

  it('says what it needs, and touches nothing without it', async () => {
    const { code, output } = await rotate(rings(spell(newKey, oldKey)));
    expect(code).toBe(1);
    expect(output).toContain('CLUSTERS_DATABASE_URL');
    expect(output).toContain('DEPLOYMENTS_DATABASE_URL');
    expect(await keysOf()).toEqual({ old: COLUMNS * ROWS });
  });

  it('does not begin with a wrong key, and destroys nothing', async () => {
    const wrong = { id: 'old', bytes: randomBytes(32) };
    const { code, output } = await rotate({ ...both(), ...rings(spell(newKey, wrong)) });
    expect(code).toBe(1);
    for (const service of holders) {
      expect(output).toContain(`keys: ${service}: key old of USHADOW_KEYS is not the one`);
    }
    expect(await keysOf()).toEqual({ old: COLUMNS * ROWS });
    expect(output).not.toContain(spell(newKey).split(':')[1]);
  });

  it('says in one sentence which services’ rings fit and which do not', async () => {
    const other = spell({ id: 'old', bytes: randomBytes(32) });
    const { code, output } = await rotate({ ...both(), ...rings(spell(oldKey)), CATALOG_KEYS: other });
    expect(code).toBe(1);
    expect(output).toContain(
      'keys: the rings given for compiler-service do not fit what is stored there; those of cluster-service, deployer-service do',
    );
    expect(await keysOf()).toEqual({ old: COLUMNS * ROWS });
  });

  it('killed while it works on the credentials, and again while it works on deployments, leaves everything readable', async () => {
    await killedAtTheMiddleOf('clusters.clusters');
    const first = await keysOf();
    expect(first['new']).toBeGreaterThanOrEqual(ROWS / 2);
    expect(first['old']).toBeGreaterThan((COLUMNS - 1) * ROWS);
    await everythingReads(new KeyRing([newKey, oldKey]));
    await killedAtTheMiddleOf('deployments.deployments');
    const second = await keysOf();
    expect(second['new']).toBeGreaterThanOrEqual((COLUMNS - 0.5) * ROWS);
    expect(second['old']).toBeGreaterThan(0);
    await everythingReads(new KeyRing([newKey, oldKey]));
  }, 120_000);

  it('tolerates a service whose database it does not know, and says that the old key must stay', async () => {
    const { DEPLOYMENTS_DATABASE_URL: _unknown, ...known } = both();
    const { code, output } = await rotate(known);
    expect(code).toBe(0);
    expect(output).toContain('deployer-service: left out, because DEPLOYMENTS_DATABASE_URL is not set');
    expect(output).toContain('keep every key of deployer-service, notifier-service until');
  });

  it('run again goes on with what is left; then nothing needs the old key', async () => {
    const { code, output } = await rotate(both());
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/deployer-service: desired of deployments: \d+ wrapped now, 250 under key new/);
    for (const service of holders) expect(output).toContain(`keys: ${service}: nothing here needs key old any more`);
    expect(await keysOf()).toEqual({ new: COLUMNS * ROWS });
    await everythingReads(new KeyRing([newKey]));
    for (const schema of ['clusters', 'catalog', 'deployments']) {
      const noted = await query(
        `SELECT record::jsonb ->> 'target' AS target, record::jsonb ->> 'result' AS result FROM ${schema}.audit_trail
          WHERE record::jsonb ->> 'action' = 'keys.rotated' ORDER BY sequence`,
      );
      expect(noted.slice(-2)).toEqual(['accepted', 'done'].map((result) => ({ target: 'key new', result })));
    }
  }, 120_000);

  it('services run with the new key alone; with the old one alone each refuses to start, with the reason', async () => {
    await (await start(spell(newKey))).stop();
    for (const name of holders) {
      const alone = startServices({
        database,
        natsUrl,
        composeDirectory,
        only: [name],
        env: { [name]: { USHADOW_KEYS: spell(oldKey) } },
      });
      await expect(alone).rejects.toThrow(/stored data needs key new, which USHADOW_KEYS does not have/);
    }
    expect(await keysOf()).toEqual({ new: COLUMNS * ROWS });
  }, 120_000);

  it('says of data that no service has started on what is to be done first', async () => {
    const untouched = await testDatabase();
    try {
      const { code, output } = await rotate({ ...both(), CLUSTERS_DATABASE_URL: untouched.urls.clusters });
      expect(code).toBe(1);
      expect(output).toContain('keys: cluster-service: DATABASE_URL: role ushadow_clusters sees no schema of its own');
      expect(output).toContain('keys: not done: cluster-service');
    } finally {
      await untouched.drop();
    }
  });
});
