import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type DomainError } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import {
  natsFor,
  startServices,
  tcpProxy,
  testCluster,
  testDatabase,
  testNamespace,
  throughProxy,
  type RunningSystem,
  type TcpProxy,
  type TestCluster,
  type TestDatabase,
  type TestNamespace,
} from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { base64 } from './kubeconfig-text.ts';

describe('the same API server registered twice', () => {
  let system: RunningSystem;
  let database: TestDatabase;
  let cluster: TestCluster;
  let namespace: TestNamespace;
  let proxy: TcpProxy;
  let caller: Caller;
  /** Of an account that may do nothing at all, so neither read namespaces. */
  let limited: string;

  beforeAll(async () => {
    [database, cluster] = await Promise.all([testDatabase(), testCluster()]);
    const natsUrl = (await natsFor(import.meta.url)).url;
    const env = { 'cluster-service': { STATUS_INTERVAL_SECONDS: '0' } };
    system = await startServices({ database, natsUrl, composeDirectory: '/x', only: ['cluster-service'], env });
    caller = await openCaller(natsUrl);
    const { hostname, port } = new URL(cluster.server);
    proxy = await tcpProxy({ host: hostname, port: Number(port) });
    namespace = await testNamespace(cluster, 'twice');
    limited = await limitedKubeconfig();
  }, 60_000);

  afterEach(async () => {
    for (const { cluster_id } of await list()) await caller.rpc.call(operations.deleteCluster, { cluster_id });
  });

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    await proxy?.close();
    await namespace?.delete();
    await database?.drop();
  }, 60_000);

  async function limitedKubeconfig(): Promise<string> {
    const accounts = `/api/v1/namespaces/${namespace.name}/serviceaccounts`;
    await cluster.api.post(accounts, { metadata: { name: 'limited' } });
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
    const { status, body } = await cluster.api.post(`${accounts}/limited/token`, request);
    if (status !== 201) throw new Error(`no token: ${String(status)} ${JSON.stringify(body)}`);
    const { token } = (body as { status: { token: string } }).status;
    const config = JSON.parse(cluster.kubeconfig) as { users: { name: string }[] };
    return JSON.stringify({ ...config, users: config.users.map(({ name }) => ({ name, user: { token } })) });
  }
  const elsewhere = () => cluster.kubeconfig.replace(cluster.server, throughProxy(cluster.server, proxy));
  const register = (name: string, kubeconfig = cluster.kubeconfig, more: { allow_duplicate?: boolean } = {}) =>
    caller.rpc.call(operations.registerCluster, { name, kubeconfig: base64(kubeconfig), ...more });
  const again = (name: string, kubeconfig?: string) => register(name, kubeconfig, { allow_duplicate: true });
  const refusal = (call: Promise<unknown>): Promise<DomainError> =>
    call.then(
      () => Promise.reject(new Error('it was registered')),
      (error: DomainError) => error,
    );
  const list = () => caller.rpc.call(operations.listClusters, {});
  const get = (cluster_id: string) => caller.rpc.call(operations.getCluster, { cluster_id });
  const check = (cluster_id: string) => caller.rpc.call(operations.checkCluster, { cluster_id });
  const query = async (text: string) => {
    const client = new pg.Client({ connectionString: database.adminUrl });
    await client.connect();
    await client.query(text);
    await client.end();
  };
  const forgetIdentities = () => query('UPDATE clusters.clusters SET identity = NULL, endpoint = NULL');
  const loseAnswers = () => query('UPDATE clusters.idempotency_keys SET answer = NULL, held_until = now()');

  it('is refused, with the name of the cluster that it is and what to do; nothing is stored', async () => {
    const { cluster_id } = await register('first');
    const error = await refusal(register('second'));
    expect(error).toMatchObject({
      code: 'CLUSTER_ALREADY_REGISTERED',
      kind: 'conflict',
      details: { cluster_id, name: 'first' },
    });
    expect(error.message).toMatch(/as "first".*replace the credential.*allow_duplicate/);
    expect(await list()).toHaveLength(1);
  });

  it('is noticed at another address too', async () => {
    const { cluster_id } = await register('direct');
    expect(await refusal(register('through', elsewhere()))).toMatchObject({ details: { cluster_id } });
  });

  it('is noticed where one credential, or both, may not read namespaces', async () => {
    const { cluster_id } = await register('admin');
    expect(await refusal(register('small', limited))).toMatchObject({ details: { cluster_id } });
    await caller.rpc.call(operations.deleteCluster, { cluster_id });
    const small = await register('small', limited);
    expect(small).toMatchObject({ status: 'connected', cluster_identity: expect.any(String) });
    for (const kubeconfig of [limited, cluster.kubeconfig]) {
      const error = await refusal(register('other', kubeconfig));
      expect(error).toMatchObject({ code: 'CLUSTER_ALREADY_REGISTERED', details: { cluster_id: small.cluster_id } });
    }
  });

  it('is taken on request; each of the two says that it is the other, in every answer', async () => {
    const one = await register('one');
    expect(one.same_as).toEqual([]);
    const two = await again('two', elsewhere());
    expect(two.same_as).toEqual([one.cluster_id]);
    expect(two.cluster_identity).toBe(one.cluster_identity);
    expect((await list()).map(({ name, same_as }) => [name, same_as])).toEqual([
      ['one', [two.cluster_id]],
      ['two', [one.cluster_id]],
    ]);
    const { cluster_id } = one;
    const answers = [
      await get(cluster_id),
      await check(cluster_id),
      await caller.rpc.call(operations.updateCluster, { cluster_id, labels: { a: 'b' } }),
      await caller.rpc.call(operations.replaceCredential, { cluster_id, kubeconfig: base64(cluster.kubeconfig) }),
    ];
    for (const answer of answers) expect(answer.same_as).toEqual([two.cluster_id]);
    await caller.rpc.call(operations.deleteCluster, { cluster_id: two.cluster_id });
    expect(await get(cluster_id)).toMatchObject({ same_as: [], cluster_identity: one.cluster_identity });
  });

  it('has one identity, whichever credential came first and whatever each may read', async () => {
    const small = await register('small', limited);
    const admin = await again('admin');
    expect(admin.cluster_identity).not.toBe(small.cluster_identity);
    expect(await get(small.cluster_id)).toMatchObject({ cluster_identity: admin.cluster_identity });
    const third = await again('third', limited);
    expect(third).toMatchObject({ cluster_identity: admin.cluster_identity, same_as: expect.any(Array) });
    expect(third.same_as).toEqual([admin.cluster_id, small.cluster_id]);
  });

  it('keeps its identity when its credential is replaced by one that may read less', async () => {
    const { cluster_id, cluster_identity } = await register('shrinking');
    await caller.rpc.call(operations.replaceCredential, { cluster_id, kubeconfig: base64(limited) });
    expect(await check(cluster_id)).toMatchObject({ status: 'connected', cluster_identity });
  });

  it('is found among clusters of an earlier version by their next check', async () => {
    const one = await register('one');
    const two = await again('two', limited);
    await forgetIdentities();
    expect(await get(one.cluster_id)).toMatchObject({ cluster_identity: null, same_as: [] });
    await check(two.cluster_id);
    expect(await check(one.cluster_id)).toMatchObject({
      cluster_identity: one.cluster_identity,
      same_as: [two.cluster_id],
    });
    expect(await get(two.cluster_id)).toMatchObject({ cluster_identity: one.cluster_identity });
  });

  it('is given back by a registration that is sent again, its first answer lost and its server away by now', async () => {
    const input = { name: 'keyed', kubeconfig: base64(elsewhere()), labels: { a: 'b' } };
    const context = { requestId: 'r', actor: 'ann', idempotencyKey: randomUUID() };
    const send = () => caller.rpc.call(operations.registerCluster, input, context);
    const first = await send();
    await loseAnswers();
    expect(await send()).toEqual(first);
    await loseAnswers();
    proxy.cut();
    const again = await send().finally(() => proxy.mend());
    expect(again).toMatchObject({ cluster_id: first.cluster_id, name: 'keyed', permissions: null });
    expect(await list()).toHaveLength(1);
  });

  it('is taken once when several ask at the same moment', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const outcomes = await Promise.allSettled(names.map((name) => register(name)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes.filter((each) => each.status === 'rejected')) {
      expect(outcome.reason).toMatchObject({ code: 'CLUSTER_ALREADY_REGISTERED' });
    }
  });
});
