import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type OutputOf } from '@ushadow/contracts';
import {
  natsFor,
  startServices,
  testCluster,
  testDatabase,
  testNamespace,
  type RunningSystem,
  type TestCluster,
  type TestDatabase,
  type TestNamespace,
} from '@ushadow/testing';
import { parseAllDocuments } from 'yaml';
import { base64 } from './kubeconfig-text.ts';
import { openCaller, type Caller } from './open-caller.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const SEED_VERBS = ['get', 'list', 'create', 'update', 'patch'];
type Permissions = OutputOf<typeof operations.checkPermissions>;

describe('the seed’s minimal role (R93–R96, B7)', () => {
  let system: RunningSystem;
  let database: TestDatabase;
  let cluster: TestCluster;
  let namespace: TestNamespace;
  let caller: Caller;
  let clusterId: string;
  let clusterRole: string;

  const create = async (path: string, object: object) => {
    const { status, body } = await cluster.api.post(path, object);
    if (status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  const permissions = () =>
    caller.rpc.call(operations.checkPermissions, { cluster_id: clusterId, namespace: namespace.name });
  const named = (all: Permissions, feature: string) => all.features.find((one) => one.feature === feature);

  beforeAll(async () => {
    [database, cluster] = await Promise.all([testDatabase(), testCluster()]);
    const natsUrl = (await natsFor(import.meta.url)).url;
    system = await startServices({ database, natsUrl, composeDirectory: '/x', only: ['cluster-service'] });
    caller = await openCaller(natsUrl);
    namespace = await testNamespace(cluster, 'seed');
    clusterRole = `seed-${namespace.name}`;
    const here = namespace.name;
    await create(`/api/v1/namespaces/${here}/serviceaccounts`, { metadata: { name: 'ushadow' } });
    const subjects = [{ kind: 'ServiceAccount', name: 'ushadow', namespace: here }];
    const rule = (group: string, ...resources: string[]) => ({ apiGroups: [group], resources, verbs: SEED_VERBS });
    const rules = [
      rule('', 'configmaps', 'secrets', 'services'),
      rule('apps', 'deployments'),
      rule('networking.k8s.io', 'ingresses'),
    ];
    const bind = (kind: string, name: string) => ({
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
      subjects,
    });
    await create(`${RBAC}/namespaces/${here}/roles`, { metadata: { name: 'seed' }, rules });
    await create(`${RBAC}/namespaces/${here}/rolebindings`, bind('Role', 'seed'));
    await create(`${RBAC}/clusterroles`, { metadata: { name: clusterRole }, rules: [rule('', 'namespaces')] });
    await create(`${RBAC}/clusterrolebindings`, bind('ClusterRole', clusterRole));
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } };
    const answer = await create(`/api/v1/namespaces/${here}/serviceaccounts/ushadow/token`, request);
    const { token } = (answer as { status: { token: string } }).status;
    const config = JSON.parse(cluster.kubeconfig) as { users: { name: string }[] };
    const kubeconfig = base64(
      JSON.stringify({ ...config, users: config.users.map(({ name }) => ({ name, user: { token } })) }),
    );
    const created = await caller.rpc.call(operations.registerCluster, { name: 'seed', kubeconfig });
    clusterId = created.cluster_id;
    expect(created).toMatchObject({ status: 'connected', node_count: null });
    expect(Date.parse(created.credential_expires_at ?? '')).toBeGreaterThan(Date.now());
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    await cluster?.api.delete(`${RBAC}/clusterrolebindings/${clusterRole}`);
    await cluster?.api.delete(`${RBAC}/clusterroles/${clusterRole}`);
    await namespace?.delete();
    await database?.drop();
  }, 60_000);

  it('says exactly what works and what is missing, feature by feature', async () => {
    const all = await permissions();
    expect(all).toMatchObject({ namespace: namespace.name, cluster_admin: false });
    expect(named(all, 'namespaces')).toMatchObject({ available: true, missing: [], yaml: null });
    expect(named(all, 'deploy')?.missing).toEqual([
      { api_group: '', resource: 'persistentvolumeclaims', verbs: ['get', 'create', 'patch'] },
      { api_group: 'apps', resource: 'statefulsets', verbs: ['get', 'create', 'patch'] },
      { api_group: 'apps', resource: 'daemonsets', verbs: ['get', 'create', 'patch'] },
      { api_group: 'batch', resource: 'jobs', verbs: ['get', 'create', 'patch'] },
      { api_group: 'batch', resource: 'cronjobs', verbs: ['get', 'create', 'patch'] },
      { api_group: 'autoscaling', resource: 'horizontalpodautoscalers', verbs: ['get', 'create', 'patch'] },
      { api_group: 'policy', resource: 'poddisruptionbudgets', verbs: ['get', 'create', 'patch'] },
    ]);
    expect(named(all, 'diagnose')?.missing).toContainEqual({ api_group: '', resource: 'pods/log', verbs: ['get'] });
    expect(named(all, 'nodes')).toMatchObject({ available: false, optional: true });
  });

  it('gives YAML that closes the gap when it is applied', async () => {
    const before = named(await permissions(), 'scan');
    expect(before).toMatchObject({ available: false });
    for (const document of parseAllDocuments(before?.yaml ?? '')) {
      const object = document.toJS() as { kind: string };
      await create(`${RBAC}/namespaces/${namespace.name}/${object.kind.toLowerCase()}s`, object);
    }
    for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
      if (named(await permissions(), 'scan')?.available === true) break;
    }
    expect(named(await permissions(), 'scan')).toMatchObject({ available: true, missing: [], yaml: null });
  });

  it('tells a cluster administrator so', async () => {
    const kubeconfig = base64(cluster.kubeconfig);
    const { cluster_id } = await caller.rpc.call(operations.registerCluster, { name: 'admin', kubeconfig });
    const all = await caller.rpc.call(operations.checkPermissions, { cluster_id });
    expect(all.cluster_admin).toBe(true);
    expect(all.features.filter((feature) => !feature.available)).toEqual([]);
  });
});
