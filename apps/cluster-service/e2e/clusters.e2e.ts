import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events, operations, type DataOf, type DomainError } from '@ushadow/contracts';
import { parseKubeconfig, type ClusterConnection } from '@ushadow/kubernetes';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import {
  natsFor,
  startServices,
  testCluster,
  testDatabase,
  type RunningSystem,
  type TestCluster,
  type TestDatabase,
} from '@ushadow/testing';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { base64, kubeconfigText } from './kubeconfig-text.ts';

const failureOf = (call: Promise<unknown>): Promise<DomainError> =>
  call.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error: DomainError) => error,
  );

describe('cluster-service', () => {
  let system: RunningSystem;
  let database: TestDatabase;
  let cluster: TestCluster;
  let caller: Caller;
  let connection: ClusterConnection;
  let token: string;
  let temporary: string;

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'service-tmp-'));
    [database, cluster] = await Promise.all([testDatabase(), testCluster()]);
    const natsUrl = (await natsFor(import.meta.url)).url;
    system = await startServices({
      database,
      natsUrl,
      composeDirectory: '/nonexistent',
      only: ['cluster-service'],
      env: { 'cluster-service': { STATUS_INTERVAL_SECONDS: '0', TMPDIR: temporary } },
    });
    caller = await openCaller(natsUrl);
    const read = parseKubeconfig(cluster.kubeconfig);
    if (!read.ok || !('token' in read.connection.auth)) throw new Error('the test cluster has no token');
    connection = read.connection;
    token = read.connection.auth.token;
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    await database?.drop();
    if (temporary) await rm(temporary, { recursive: true });
  }, 60_000);

  const register = (name: string, more: Record<string, unknown> = {}) =>
    caller.rpc.call(operations.registerCluster, {
      name,
      kubeconfig: base64(cluster.kubeconfig),
      allow_duplicate: true,
      ...more,
    });
  const count = async () => (await query('SELECT count(*)::int AS n FROM clusters.clusters'))[0]?.['n'];
  const query = async (text: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: database.adminUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };

  it('R45, R58–R65, R79, D9: registers a cluster after a live check, with URL, version and nodes', async () => {
    const heard: DataOf<typeof events.clusterRegistered>[] = [];
    const stop = caller.events.listen(events.clusterRegistered, undefined, (data) => heard.push(data));
    const created = await register('bench', { labels: { env: 'test' } });
    expect(created).toMatchObject({
      name: 'bench',
      server: cluster.server,
      status: 'connected',
      status_reason: null,
      namespace: 'ushadow',
      labels: { env: 'test' },
    });
    expect(created.cluster_id).toMatch(/^[0-9a-f]{16}$/);
    expect(created.version).toMatch(/^v1\.\d+/);
    expect(created.node_count).toBeGreaterThan(0);
    const { warnings, permissions, ...cluster_ } = created;
    expect(await caller.rpc.call(operations.getCluster, { cluster_id: created.cluster_id })).toEqual(cluster_);
    expect(warnings).toMatchObject([{ code: 'CLUSTER_ADMIN', remedy: expect.stringMatching(/ServiceAccount/) }]);
    expect(permissions).toMatchObject({ cluster_id: created.cluster_id, namespace: 'ushadow', cluster_admin: true });
    expect(heard).toEqual([{ cluster_id: created.cluster_id, name: 'bench' }]);
    stop();
  });

  it('R80, R91: lists clusters by name, without any part of the credential', async () => {
    await register('alpha');
    const clusters = await caller.rpc.call(operations.listClusters, {});
    expect(clusters.map((one) => one.name)).toEqual(['alpha', 'bench']);
    expect(JSON.stringify(clusters)).not.toContain(token);
  });

  it('M16: refuses a second cluster of the same name, whatever its context', async () => {
    const error = await failureOf(register('bench'));
    expect(error).toMatchObject({ code: 'CLUSTER_NAME_TAKEN', kind: 'conflict' });
  });

  it('R81, R82: an unknown cluster is not found, by any operation', async () => {
    const cluster_id = '0000000000000000';
    const calls = [
      caller.rpc.call(operations.getCluster, { cluster_id }),
      caller.rpc.call(operations.deleteCluster, { cluster_id }),
      caller.rpc.call(operations.checkCluster, { cluster_id }),
      caller.rpc.call(operations.listNodes, { cluster_id }),
      caller.asDeployer.call(operations.openConnection, { cluster_id }),
    ];
    // All at once: a refusal that nobody awaits yet would end the test by itself.
    for (const failed of await Promise.all(calls.map(failureOf))) {
      expect(failed).toMatchObject({ code: 'CLUSTER_NOT_FOUND', kind: 'not-found' });
    }
  });

  it('R88: stores the credential encrypted, and nothing of it in clear', async () => {
    const [row] = await query('SELECT * FROM clusters.clusters LIMIT 1');
    expect(row?.['credential']).toMatch(/^e1\.test\./);
    const dump = JSON.stringify(await query('SELECT * FROM clusters.clusters'));
    for (const form of [token, base64(token).replace(/=+$/, '')]) expect(dump).not.toContain(form);
  });

  it('hands a connection out to a service that needs it, and to nobody else', async () => {
    const [one] = await caller.rpc.call(operations.listClusters, {});
    const cluster_id = one?.cluster_id ?? '';
    const answer = await caller.asDeployer.call(operations.openConnection, { cluster_id });
    expect(answer).toMatchObject({ cluster_id, name: 'alpha', namespace: 'ushadow', credential_version: 1 });
    expect(answer.connection).toEqual({ ...connection, pinnedAddresses: ['127.0.0.1'] });
    expect(await failureOf(caller.rpc.call(operations.openConnection, { cluster_id }))).toMatchObject({
      code: 'CALLER_NOT_ALLOWED',
    });
  });

  it('R64, N14: lists nodes with roles and capacity', async () => {
    const [one] = await caller.rpc.call(operations.listClusters, {});
    const nodes = await caller.rpc.call(operations.listNodes, { cluster_id: one?.cluster_id ?? '' });
    const ready = nodes.filter((node) => node.ready);
    expect(ready.length).toBeGreaterThan(0);
    expect(ready[0]).toMatchObject({ cluster_id: one?.cluster_id, status: 'Ready', gpu_capacity_nvidia: null });
    expect(ready[0]?.roles.length).toBeGreaterThan(0);
  });

  it('R62: refuses a credential that the API server does not accept, and stores nothing', async () => {
    const before = await count();
    const kubeconfig = base64(cluster.kubeconfig.replace(token, 'canary-wrong-token'));
    const error = await failureOf(register('wrong-token', { kubeconfig, allow_unreachable: true }));
    expect(error).toMatchObject({ code: 'CLUSTER_UNAUTHORIZED' });
    expect(error.message).toMatch(/does not accept the credential/);
    expect(await count()).toBe(before);
  });

  it('says that the CA is not the server’s, in words', async () => {
    const kubeconfig = base64(kubeconfigText({ cluster: { server: cluster.server }, user: { token } }));
    const error = await failureOf(register('no-ca', { kubeconfig }));
    expect(error).toMatchObject({ code: 'CLUSTER_UNREACHABLE', details: { cause: 'tls' } });
    expect(error.message).toMatch(/certificate-authority-data/);
  });

  it('M14: an unreachable cluster is refused, and stored as such only when the user insists', async () => {
    const kubeconfig = base64(kubeconfigText({}));
    const before = Number(await count());
    const error = await failureOf(register('away', { kubeconfig }));
    expect(error).toMatchObject({ code: 'CLUSTER_UNREACHABLE', kind: 'unavailable', details: { cause: 'refused' } });
    expect(await count()).toBe(before);
    const stored = await register('away', { kubeconfig, allow_unreachable: true });
    expect(stored).toMatchObject({ status: 'unreachable', version: null, node_count: null });
    expect(stored.status_reason).toMatch(/nothing listens/);
    expect(stored).toMatchObject({ permissions: null, warnings: [{ code: 'STORED_UNCHECKED' }] });
    const checked = await caller.rpc.call(operations.checkCluster, { cluster_id: stored.cluster_id });
    expect(checked).toMatchObject({ status: 'unreachable', status_since: stored.status_since });
    expect(checked.checked_at > stored.checked_at).toBe(true);
  });

  it('R60, M14: honours the chosen context', async () => {
    const parsed = kubeconfigText({
      extra: {
        clusters: [
          { name: 'default', cluster: { server: 'https://127.0.0.1:1' } },
          { name: 'real', cluster: { server: cluster.server, 'certificate-authority-data': connection.caData } },
        ],
        users: [
          { name: 'default', user: { token: 'canary-other-context' } },
          { name: 'real', user: { token } },
        ],
        contexts: [
          { name: 'default', context: { cluster: 'default', user: 'default' } },
          { name: 'second', context: { cluster: 'real', user: 'real' } },
        ],
      },
    });
    const created = await register('second-context', { kubeconfig: base64(parsed), context: 'second' });
    expect(created).toMatchObject({ context: 'second', server: cluster.server, status: 'connected' });
    const error = await failureOf(register('no-context', { kubeconfig: base64(parsed), context: 'third' }));
    expect(error).toMatchObject({ code: 'KUBECONFIG_INVALID', details: { contexts: ['default', 'second'] } });
  });

  it('U17: tells of fields that were not taken over, in the answer to the registration too', async () => {
    const config = JSON.parse(cluster.kubeconfig) as { users: { user: object }[]; clusters: { cluster: object }[] };
    for (const one of config.users) Object.assign(one.user, { 'x-note': 'canary-note' });
    for (const one of config.clusters) Object.assign(one.cluster, { 'disable-compression': true });
    const kubeconfig = base64(JSON.stringify({ ...config, preferences: { colors: true } }));
    const { warnings, cluster_id } = await register('dropped', { kubeconfig });
    const reported = warnings.find(({ code }) => code === 'FIELDS_DROPPED');
    for (const field of ['preferences', 'clusters[0].cluster.disable-compression', 'users[0].user.x-note']) {
      expect(reported?.message).toContain(field);
    }
    expect(JSON.stringify(warnings)).not.toContain('canary-note');
    await caller.rpc.call(operations.deleteCluster, { cluster_id });
  });

  it('R82, B19: forgets a cluster with its credential, says that its keys are gone too, and what stays', async () => {
    const heard: string[] = [];
    const stop = caller.events.listen(events.clusterRemoved, undefined, (data) => heard.push(data.cluster_id));
    const { cluster_id } = await register('short-lived');
    const answer = await caller.rpc.call(operations.deleteCluster, { cluster_id });
    expect(answer.message).toMatch(
      /data keys that alone could open them.*What was deployed to it is still there.*history/,
    );
    expect(await query(`SELECT 1 FROM clusters.clusters WHERE id = '${cluster_id}'`)).toEqual([]);
    expect(heard).toEqual([cluster_id]);
    stop();
  });

  it('R92, M14: has registered, checked and handed out connections without a single temporary file', async () => {
    expect(await readdir(temporary)).toEqual([]);
  });

  it('R99, D13: writes no credential to its log', () => {
    const logs = system.logs();
    expect(logs).toContain('ready');
    for (const canary of [token, 'canary-', base64('canary-token').slice(0, 12)]) expect(logs).not.toContain(canary);
  });
});
