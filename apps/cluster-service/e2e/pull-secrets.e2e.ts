import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type DomainError } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import { natsFor, startServices, testDatabase, type RunningSystem, type TestDatabase } from '@ushadow/testing';
import pg from 'pg';
import { base64, kubeconfigText } from './kubeconfig-text.ts';

const CANARY = 'canary-registry-password';
const rejected = (call: Promise<unknown>): Promise<DomainError> =>
  call.then(
    () => Promise.reject(new Error('it was accepted')),
    (error: DomainError) => error,
  );

describe('registry credentials of a cluster (R119)', () => {
  let system: RunningSystem;
  let database: TestDatabase;
  let caller: Caller;
  let cluster_id: string;
  const answers: string[] = [];

  const query = async (text: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: database.adminUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  const set = async (registry: string, password = CANARY, username = 'robot') => {
    const answer = await caller.rpc.call(operations.setPullSecret, { cluster_id, registry, username, password });
    answers.push(JSON.stringify(answer));
    return answer;
  };
  const list = async () => {
    const answer = await caller.rpc.call(operations.listPullSecrets, { cluster_id });
    answers.push(JSON.stringify(answer));
    return answer.pull_secrets;
  };
  const opened = async (...images: string[]) => {
    return (await caller.asDeployer.call(operations.openPullSecrets, { cluster_id, images })).credentials;
  };
  const register = async (name: string) =>
    (
      await caller.rpc.call(operations.registerCluster, {
        name,
        kubeconfig: base64(kubeconfigText({})),
        allow_unreachable: true,
        allow_duplicate: true,
      })
    ).cluster_id;

  beforeAll(async () => {
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    const env = { 'cluster-service': { STATUS_INTERVAL_SECONDS: '0' } };
    system = await startServices({ database, natsUrl, composeDirectory: '/x', only: ['cluster-service'], env });
    caller = await openCaller(natsUrl);
    cluster_id = await register('one');
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    await database?.drop();
  }, 60_000);

  it('keeps one a registry, in one spelling, and shows everything but the password', async () => {
    expect(await set('https://GHCR.io/')).toMatchObject({ registry: 'ghcr.io', username: 'robot' });
    await set('registry-1.docker.io');
    await set('registry.example.com:5000/team');
    expect((await list()).map(({ registry }) => registry)).toEqual([
      'docker.io',
      'ghcr.io',
      'registry.example.com:5000/team',
    ]);
  });

  it('replaces the credential of a registry, with a version of its own', async () => {
    const before = await query(`SELECT password, version FROM clusters.pull_secrets WHERE registry = 'ghcr.io'`);
    expect(await set('ghcr.io', `${CANARY}-two`, 'robot2')).toMatchObject({ username: 'robot2' });
    expect(await opened('ghcr.io/acme/app')).toEqual([
      { registry: 'ghcr.io', username: 'robot2', password: `${CANARY}-two` },
    ]);
    // The earlier ciphertext, put back, does not open any more.
    await query(
      `UPDATE clusters.pull_secrets SET password = '${String(before[0]?.['password'])}' WHERE registry = 'ghcr.io'`,
    );
    expect(await rejected(opened('ghcr.io/acme/app'))).toMatchObject({ code: 'UNEXPECTED' });
    await set('ghcr.io');
  });

  it('keeps every one of several that are set at once', async () => {
    const passwords = Array.from({ length: 6 }, (_, index) => `${CANARY}-${String(index)}`);
    await Promise.all(passwords.map((password) => set('at-once.example', password)));
    const [kept] = await opened('at-once.example/app');
    expect(passwords).toContain(kept?.password);
    const [row] = await query(`SELECT version FROM clusters.pull_secrets WHERE registry = 'at-once.example'`);
    expect(row?.['version']).toBe(6);
  });

  it('hands out only those that the images need, readable by the asking service alone', async () => {
    expect(await opened('nginx')).toEqual([{ registry: 'docker.io', username: 'robot', password: CANARY }]);
    expect(await opened('registry.example.com:5000/team/app', 'quay.io/x/y')).toMatchObject([
      { registry: 'registry.example.com:5000/team' },
    ]);
    expect(await opened('registry.example.com:5000/other/app')).toEqual([]);
  });

  it.each(['registry', 'user:pw@ghcr.io', 'https://', 'ghcr.io/../x'])('refuses %j as a registry', async (registry) => {
    const error = await rejected(set(registry));
    expect(error).toMatchObject({ code: 'REGISTRY_INVALID', kind: 'invalid', details: { field: 'registry' } });
    expect(JSON.stringify(error.toEnvelope())).not.toContain(CANARY);
  });

  it('refuses a user name that would change whose password it is', async () => {
    const error = await rejected(set('ghcr.io', CANARY, 'a:b'));
    expect(error).toMatchObject({ code: 'INVALID_INPUT' });
    expect(JSON.stringify(error.toEnvelope())).not.toContain(CANARY);
  });

  it('removes one, and says when there is none', async () => {
    const answer = await caller.rpc.call(operations.removePullSecret, { cluster_id, registry: 'index.docker.io' });
    expect(answer.message).toMatch(/docker\.io was removed/);
    expect(await opened('nginx')).toEqual([]);
    const again = rejected(caller.rpc.call(operations.removePullSecret, { cluster_id, registry: 'docker.io' }));
    expect(await again).toMatchObject({ code: 'PULL_SECRET_NOT_FOUND', kind: 'not-found' });
  });

  it('finds no unknown cluster', async () => {
    const known = cluster_id;
    cluster_id = '0'.repeat(16);
    const calls = [
      set('ghcr.io'),
      list(),
      opened('nginx'),
      caller.rpc.call(operations.removePullSecret, { cluster_id, registry: 'ghcr.io' }),
    ];
    for (const error of await Promise.all(calls.map(rejected)))
      expect(error).toMatchObject({ code: 'CLUSTER_NOT_FOUND' });
    cluster_id = known;
  });

  it('B19: goes with its cluster, in one transaction', async () => {
    expect(await query('SELECT 1 FROM clusters.pull_secrets')).not.toHaveLength(0);
    await caller.rpc.call(operations.deleteCluster, { cluster_id });
    expect(await query('SELECT 1 FROM clusters.pull_secrets')).toHaveLength(0);
  });

  it('R88, R99: keeps the password encrypted, and shows it in no answer and no log', async () => {
    cluster_id = await register('two');
    await set('ghcr.io');
    const [row] = await query('SELECT * FROM clusters.pull_secrets');
    expect(row?.['password']).toMatch(/^e1\.test\./);
    const shown = JSON.stringify(row) + answers.join('') + system.logs();
    for (const form of [CANARY, base64(CANARY).replace(/=+$/, ''), base64(`robot:${CANARY}`)]) {
      expect(shown).not.toContain(form);
    }
  });
});
