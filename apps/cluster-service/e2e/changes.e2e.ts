import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICIES, events, operations, type DomainError } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import {
  natsFor,
  selfSigned,
  startServices,
  testCluster,
  testDatabase,
  type RunningSystem,
  type TestCluster,
  type TestDatabase,
} from '@ushadow/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { base64, kubeconfigText } from './kubeconfig-text.ts';

const rejected = (call: Promise<unknown>): Promise<DomainError> =>
  call.then(
    () => Promise.reject(new Error('it was accepted')),
    (error: DomainError) => error,
  );

describe('changing a registered cluster', () => {
  let system: RunningSystem;
  let database: TestDatabase;
  let cluster: TestCluster;
  let caller: Caller;
  let cluster_id: string;

  beforeAll(async () => {
    [database, cluster] = await Promise.all([testDatabase(), testCluster()]);
    const natsUrl = (await natsFor(import.meta.url)).url;
    system = await startServices({ database, natsUrl, composeDirectory: '/x', only: ['cluster-service'] });
    caller = await openCaller(natsUrl);
    const kubeconfig = base64(cluster.kubeconfig);
    const register = (name: string) =>
      caller.rpc.call(operations.registerCluster, { name, kubeconfig, labels: { a: 'b' }, allow_duplicate: true });
    ({ cluster_id } = await register('one'));
    await register('two');
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    await database?.drop();
  }, 60_000);

  const opened = async () => {
    const answer = await caller.asDeployer.call(operations.openConnection, { cluster_id });
    return { version: answer.credential_version, connection: JSON.stringify(answer.connection) };
  };

  it('N1, B16, R65, D10: changes name, namespace and labels; all can be cleared; what is left out stays', async () => {
    const renamed = await caller.rpc.call(operations.updateCluster, { cluster_id, name: 'uno', namespace: 'apps' });
    expect(renamed).toMatchObject({ name: 'uno', namespace: 'apps', labels: { a: 'b' } });
    const cleared = await caller.rpc.call(operations.updateCluster, { cluster_id, labels: {} });
    expect(cleared).toMatchObject({ name: 'uno', namespace: 'apps', labels: {} });
    const back = await caller.rpc.call(operations.updateCluster, { cluster_id, namespace: null });
    expect(back).toMatchObject({ name: 'uno', namespace: 'ushadow' });
    const nothing = await caller.rpc.call(operations.updateCluster, { cluster_id });
    expect(nothing).toEqual(back);
  });

  it('keeps how the cluster takes requests; each part can be set and cleared by itself', async () => {
    const change = (routing: object) =>
      caller.rpc.call(operations.updateCluster, { cluster_id, routing }).then((changed) => changed.routing);
    const none = { gateway: null, ingress_class: null, issuer: null };
    expect((await caller.rpc.call(operations.getCluster, { cluster_id })).routing).toEqual(none);
    const gateway = { namespace: 'edge', name: 'web' };
    const issuer = { kind: 'ClusterIssuer', name: 'letsencrypt' };
    expect(await change({ gateway, ingress_class: 'traefik' })).toEqual({
      gateway,
      ingress_class: 'traefik',
      issuer: null,
    });
    expect(await change({ issuer, ingress_class: null })).toEqual({ gateway, ingress_class: null, issuer });
    const [listed] = await caller.rpc
      .call(operations.listClusters, {})
      .then((all) => all.filter((each) => each.cluster_id === cluster_id));
    expect(listed?.routing).toEqual({ gateway, ingress_class: null, issuer });
    expect(await change({ gateway: null, issuer: null })).toEqual(none);
  });

  it('keeps what may be done with what runs there, tells who must know, and the audit has it', async () => {
    const heard: unknown[] = [];
    const stop = caller.events.listen(events.clusterPoliciesChanged, undefined, (data) => heard.push(data));
    const change = (policies: object) =>
      caller.rpc.call(operations.updateCluster, { cluster_id, policies }).then((changed) => changed.policies);
    expect((await caller.rpc.call(operations.getCluster, { cluster_id })).policies).toEqual(DEFAULT_POLICIES);
    const namespaces = { dev: { exec: true } };
    await change({ exec: false, namespaces });
    expect(await change({ port_forward: false })).toEqual({ exec: false, port_forward: false, namespaces });
    expect(await change({ ...DEFAULT_POLICIES })).toEqual(DEFAULT_POLICIES);
    while (heard.length < 3) await delay(20);
    stop();
    expect(heard[0]).toEqual({ cluster_id, policies: { exec: false, port_forward: true, namespaces } });
    const { entries } = await caller.asDeployer.call(operations.listClusterTrail, { limit: 10 });
    const changes = entries.filter((each) => each.action === 'cluster.updated').map((each) => each.details);
    expect(changes).toContainEqual({ policies: ['exec: off', 'namespaces', 'dev/exec: on'] });
  });

  it('B15: takes names with dots, spaces and other scripts, and finds the cluster by its id', async () => {
    const name = 'prod.k8s.eu – кластер 1';
    await caller.rpc.call(operations.updateCluster, { cluster_id, name });
    expect(await caller.rpc.call(operations.getCluster, { cluster_id })).toMatchObject({ cluster_id, name });
    await caller.rpc.call(operations.updateCluster, { cluster_id, name: 'uno' });
  });

  it('M17: refuses what no cluster would take as a namespace or a label', async () => {
    const bad = [
      { namespace: 'Upper' },
      { namespace: 'a'.repeat(64) },
      { name: '  ' },
      { labels: { a: 'x'.repeat(64) } },
      { routing: { gateway: { namespace: 'Upper', name: 'web' } } },
      { routing: { ingress_class: 'x y' } },
    ];
    for (const change of bad) {
      const error = await rejected(caller.rpc.call(operations.updateCluster, { cluster_id, ...change }));
      expect(error).toMatchObject({ code: 'INVALID_INPUT', kind: 'invalid' });
    }
  });

  it('M16: does not take another cluster’s name, and finds no unknown cluster', async () => {
    const taken = await rejected(caller.rpc.call(operations.updateCluster, { cluster_id, name: 'two' }));
    expect(taken).toMatchObject({ code: 'CLUSTER_NAME_TAKEN' });
    const unknown = await rejected(
      caller.rpc.call(operations.updateCluster, { cluster_id: '0'.repeat(16), name: 'x' }),
    );
    expect(unknown).toMatchObject({ code: 'CLUSTER_NOT_FOUND' });
  });

  it('replaces the credential after a live check, and says so by its version', async () => {
    const before = await opened();
    const kubeconfig = base64(cluster.kubeconfig);
    const replaced = await caller.rpc.call(operations.replaceCredential, { cluster_id, kubeconfig });
    expect(replaced).toMatchObject({ cluster_id, name: 'uno', status: 'connected' });
    const after = await opened();
    expect(after).toEqual({ version: before.version + 1, connection: before.connection });
  });

  it('keeps the old credential when the new one does not work', async () => {
    const before = await opened();
    const bad = [kubeconfigText({}), kubeconfigText({ user: { exec: { command: 'id' } } })];
    const codes = [];
    for (const text of bad) {
      const call = caller.rpc.call(operations.replaceCredential, { cluster_id, kubeconfig: base64(text) });
      codes.push((await rejected(call)).code);
    }
    expect(codes).toEqual(['CLUSTER_UNREACHABLE', 'KUBECONFIG_REFUSED']);
    expect(await opened()).toEqual(before);
  });

  it('U17: shows what a kubeconfig holds before it is registered, and contacts nothing', async () => {
    const extra = { preferences: { colors: true } };
    const kubeconfig = base64(kubeconfigText({ context: { namespace: 'apps' }, user: { 'x-note': 'mine' }, extra }));
    const seen = await caller.rpc.call(operations.inspectKubeconfig, { kubeconfig });
    expect(seen).toMatchObject({
      context: 'default',
      contexts: ['default'],
      server: 'https://127.0.0.1:1',
      namespace: 'apps',
      credential: 'token',
      expires_at: null,
    });
    expect(seen.dropped).toContain('users[0].user.x-note');
    expect(JSON.stringify(seen)).not.toContain('canary');
  });

  it('B9: refuses a key that does not belong to its certificate', async () => {
    const [one, other] = [selfSigned('hostile'), selfSigned('hostile')];
    const user = {
      token: undefined,
      'client-certificate-data': base64(one.certificate),
      'client-key-data': base64(other.privateKey),
    };
    const call = caller.rpc.call(operations.inspectKubeconfig, { kubeconfig: base64(kubeconfigText({ user })) });
    expect(await rejected(call)).toMatchObject({
      code: 'KUBECONFIG_INVALID',
      details: { problems: [{ code: 'CLIENT_CERTIFICATE_INVALID', path: 'users[0].user.client-key-data' }] },
    });
    const fits = { ...user, 'client-key-data': base64(one.privateKey) };
    const kubeconfig = base64(kubeconfigText({ user: fits }));
    const seen = await caller.rpc.call(operations.inspectKubeconfig, { kubeconfig });
    expect(seen).toMatchObject({ credential: 'client-certificate', expires_at: '2100-01-01T00:00:00.000Z' });
  });
});
