import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keysBehind, natsFor, repositoryRoot, testDatabase, type TestDatabase } from '@ushadow/testing';
import { writeBusKeys } from '@ushadow/testing/servers';
import { busEnvironment } from '@ushadow/testing/services';

const entry = join(repositoryRoot(), 'apps/cluster-service/dist/service.js');

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly code: Promise<number | null>;
  readonly says: (text: string) => Promise<void>;
}

function run(env: Record<string, string>): Run {
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const waiting: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output += data.toString();
      for (const wake of waiting.splice(0)) wake();
    });
  }
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const says = async (text: string) => {
    while (!output.includes(text)) {
      const ended = await Promise.race([
        new Promise<false>((resolve) => waiting.push(() => resolve(false))),
        code.then(() => true),
      ]);
      if (ended && !output.includes(text)) throw new Error(`it ended without saying ${text}:\n${output}`);
    }
  };
  return { child, output: () => output, code, says };
}

describe('life of the process', () => {
  let database: TestDatabase;
  let busKeys: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    database = await testDatabase();
    const key = Buffer.alloc(32, 9).toString('base64');
    const natsUrl = (await natsFor(import.meta.url)).url;
    busKeys = await mkdtemp(join(tmpdir(), 'lifecycle-'));
    await writeBusKeys(busKeys, keysBehind(natsUrl));
    env = {
      ...busEnvironment({ natsUrl, busKeys }, 'cluster'),
      DATABASE_URL: database.urls.clusters,
      MIGRATION_DATABASE_URL: database.ownerUrls.clusters,
      USHADOW_KEYS: `k:${key}`,
      AUDIT_KEYS: `a:${key}`,
    };
  }, 60_000);

  afterAll(async () => {
    await database?.drop();
    await rm(busKeys, { recursive: true, force: true });
  }, 60_000);

  it('prints every problem of its settings and ends with 1', async () => {
    const { code, output } = run({ LOG_LEVEL: 'loud', USHADOW_KEYS: '', STATUS_INTERVAL_SECONDS: '-1' });
    expect(await code).toBe(1);
    for (const name of ['LOG_LEVEL', 'DATABASE_URL', 'USHADOW_KEYS', 'STATUS_INTERVAL_SECONDS']) {
      expect(output()).toContain(`config: ${name}:`);
    }
  });

  it('ends in order on SIGTERM, with 0', async () => {
    const { child, code, says } = run(env);
    await says('"msg":"ready"');
    child.kill('SIGTERM');
    expect(await code).toBe(0);
  }, 60_000);

  it('does not run as the owner of its tables, and says so in one sentence', async () => {
    const owner = database.ownerUrls.clusters;
    const { code, output } = run({ ...env, DATABASE_URL: owner });
    expect(await code).toBe(1);
    expect(output()).toContain('role ushadow_clusters_owner owns what is in schema clusters');
    expect(output()).not.toContain('"msg":"ready"');
  }, 60_000);

  it('runs without the owner once its schema is there', async () => {
    const { MIGRATION_DATABASE_URL: _owner, ...alone } = env;
    const { child, code, says } = run(alone);
    await says('"msg":"ready"');
    child.kill('SIGTERM');
    expect(await code).toBe(0);
  }, 60_000);

  it('waits for a database that is not there yet, without ending', async () => {
    // A port that was free a moment ago: nothing listens there.
    const port = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port: free } = server.address() as { port: number };
        server.close(() => resolve(free));
      });
    });
    const url = new URL(env['DATABASE_URL'] ?? '');
    url.host = `127.0.0.1:${port}`;
    const { child, code, says, output } = run({ ...env, DATABASE_URL: url.href });
    await says('the database does not answer yet');
    child.kill('SIGKILL');
    await code;
    expect(output()).not.toContain(url.password === '' ? 'no password' : `:${url.password}@`);
  }, 60_000);
});
