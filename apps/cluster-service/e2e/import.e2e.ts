import { spawn } from 'node:child_process';
import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import {
  natsFor,
  repositoryRoot,
  startServices,
  testCluster,
  testDatabase,
  type RunningSystem,
  type TestCluster,
  type TestDatabase,
} from '@ushadow/testing';
import pg from 'pg';
import { kubeconfigText } from './kubeconfig-text.ts';

const SECRET = 'the application secret of old';

/** A Fernet token as the older installation wrote it. */
function fernet(plaintext: string, secret: string): string {
  const digest = createHash('sha256').update(secret, 'utf8').digest();
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', digest.subarray(16), iv);
  const header = Buffer.concat([Buffer.from([0x80, 0, 0, 0, 0, 0x65, 0x53, 0xf1, 0]), iv]);
  const signed = Buffer.concat([header, cipher.update(plaintext, 'utf8'), cipher.final()]);
  const mac = createHmac('sha256', digest.subarray(0, 16)).update(signed).digest();
  return Buffer.concat([signed, mac]).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

describe('import of an older installation’s kubeconfigs (R88–R90, D11, D16)', () => {
  let system: RunningSystem;
  let database: TestDatabase;
  let cluster: TestCluster;
  let caller: Caller;
  let folder: string;

  beforeAll(async () => {
    [database, cluster] = await Promise.all([testDatabase(), testCluster()]);
    const natsUrl = (await natsFor(import.meta.url)).url;
    const env = { 'cluster-service': { STATUS_INTERVAL_SECONDS: '0' } };
    system = await startServices({ database, natsUrl, composeDirectory: '/x', only: ['cluster-service'], env });
    caller = await openCaller(natsUrl);
    folder = await mkdtemp(join(tmpdir(), 'legacy-'));
    const hostile = kubeconfigText({ user: { exec: { command: 'id' } } });
    await writeFile(join(folder, 'aaaaaaaaaaaaaaaa.enc'), fernet(cluster.kubeconfig, SECRET));
    await writeFile(join(folder, 'bbbbbbbbbbbbbbbb.enc'), fernet(cluster.kubeconfig, 'default-secret-key'));
    await writeFile(join(folder, 'cccccccccccccccc.yaml'), kubeconfigText({}));
    await writeFile(join(folder, 'dddddddddddddddd.enc'), fernet(hostile, SECRET));
    await writeFile(join(folder, 'eeeeeeeeeeeeeeee.enc'), fernet(cluster.kubeconfig, 'another secret'));
    await writeFile(join(folder, 'odd name.enc'), 'x');
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    await database?.drop();
    if (folder) await rm(folder, { recursive: true });
  }, 60_000);

  async function runImport(): Promise<{ code: number | null; output: string }> {
    const entry = join(repositoryRoot(), 'apps/cluster-service/dist/commands/import-clusters/main.js');
    const { keys, auditKeys, databaseUrls } = system.settings;
    const env = {
      PATH: process.env['PATH'],
      USHADOW_KEYS: keys['cluster-service'],
      AUDIT_KEYS: auditKeys.clusters,
      DATABASE_URL: databaseUrls.clusters,
      ALLOW_PRIVATE_CLUSTERS: 'true',
      AUTH_SECRET_KEY: SECRET,
    };
    const child = spawn(process.execPath, [entry, folder], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, output };
  }

  it('takes over what opens, under its id, with URL and status of today; the rest says why not', async () => {
    const { code, output } = await runImport();
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([
      expect.stringMatching(/aaaaaaaaaaaaaaaa\.enc: "\S+" is connected$/),
      expect.stringMatching(
        /bbbbbbbbbbbbbbbb\.enc: ".*" is connected, on the API server of a{16}; it was encrypted with the publicly known constant/,
      ),
      expect.stringMatching(/cccccccccccccccc\.yaml: "default" is unreachable; it lay there in clear/),
      expect.stringMatching(/dddddddddddddddd\.enc: not imported: .*running a command/),
      expect.stringMatching(/eeeeeeeeeeeeeeee\.enc: not imported: .*another secret/),
      expect.stringMatching(/odd name\.enc: not imported: its name/),
    ]);
    const clusters = await caller.rpc.call(operations.listClusters, {});
    expect(clusters.map((one) => one.cluster_id).sort()).toEqual([
      'aaaaaaaaaaaaaaaa',
      'bbbbbbbbbbbbbbbb',
      'cccccccccccccccc',
    ]);
    expect(clusters.find((one) => one.cluster_id.startsWith('a'))).toMatchObject({ server: cluster.server });
    const nodes = await caller.rpc.call(operations.listNodes, { cluster_id: 'aaaaaaaaaaaaaaaa' });
    expect(nodes.length).toBeGreaterThan(0);
    const audit = new pg.Client({ connectionString: database.adminUrl });
    await audit.connect();
    const { rows } = await audit.query(
      `SELECT record::jsonb ->> 'action' AS action, record::jsonb ->> 'actor' AS actor, count(*)::int AS count
         FROM clusters.audit_trail GROUP BY 1, 2`,
    );
    await audit.end();
    expect(rows).toEqual([{ action: 'cluster.registered', actor: 'command:import-clusters', count: 3 }]);
  });

  it('imports nothing twice, and writes no file', async () => {
    const before = await readdir(folder);
    expect((await runImport()).output).toMatch(/aaaaaaaaaaaaaaaa\.enc: "\S+" is registered already/);
    expect(await caller.rpc.call(operations.listClusters, {})).toHaveLength(3);
    expect(await readdir(folder)).toEqual(before);
  });
});
