import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type OutputOf } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
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
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram, silentProgress } from '@ushadow/testing/servers';
import { parseAllDocuments } from 'yaml';
import { base64 } from './kubeconfig-text.ts';

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
  let registered: OutputOf<typeof operations.registerCluster>;

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
    registered = await caller.rpc.call(operations.registerCluster, { name: 'seed', kubeconfig, namespace: here });
    clusterId = registered.cluster_id;
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    await cluster?.api.delete(`${RBAC}/clusterrolebindings/${clusterRole}`);
    await cluster?.api.delete(`${RBAC}/clusterroles/${clusterRole}`);
    await namespace?.delete();
    await database?.drop();
  }, 60_000);

  const kubeconfigWith = (token: string) => {
    const config = JSON.parse(cluster.kubeconfig) as { users: { name: string }[] };
    return base64(JSON.stringify({ ...config, users: config.users.map(({ name }) => ({ name, user: { token } })) }));
  };

  it('R62–R64, D7: registers a credential of one namespace as connected, its nodes unknown', () => {
    expect(registered).toMatchObject({ status: 'connected', status_reason: null, node_count: null });
    expect(registered.version).toMatch(/^v1\./);
    expect(Date.parse(registered.credential_expires_at ?? '')).toBeGreaterThan(Date.now());
  });

  it('says at registration what will not work, whom the server takes us for, and that the token ends soon', async () => {
    expect(registered.warnings).toMatchObject([
      { code: 'CREDENTIAL_EXPIRES_SOON', message: expect.stringMatching(/The token expires in (59|60) min, at 20/) },
      {
        code: 'RIGHTS_MISSING',
        message: `In namespace ${namespace.name} this will not work in full: Deploy services; Follow a rollout; Explain what fails; Prune and remove; Find databases and queues.`,
      },
    ]);
    expect(registered.permissions).toEqual(await permissions());
    expect(registered.permissions?.identity).toBe(`system:serviceaccount:${namespace.name}:ushadow`);
  });

  it('says exactly what works and what is missing, feature by feature', async () => {
    const all = await permissions();
    expect(all).toMatchObject({ namespace: namespace.name, cluster_admin: false });
    expect(all.features.map(({ feature, available }) => [feature, available])).toEqual([
      ['deploy', false],
      ['watch', false],
      ['diagnose', false],
      ['remove', false],
      ['scan', false],
      ['shell', false],
      ['port-forward', false],
      ['gateway-routes', false],
      ['gateway-streams', false],
      ['metrics', false],
      ['preflight', false],
      ['namespaces', true],
      ['nodes', false],
      ['hints', false],
    ]);
    // R93–R95: what the seed's role gives is nowhere among the missing.
    const missing = all.features.flatMap((feature) => feature.missing);
    for (const resource of ['configmaps', 'secrets', 'services', 'deployments', 'ingresses', 'namespaces']) {
      const verbs = missing.filter((rule) => rule.resource === resource).flatMap((rule) => rule.verbs);
      expect(verbs.filter((verb) => SEED_VERBS.includes(verb))).toEqual([]);
    }
    expect(named(all, 'remove')?.missing).toContainEqual({ api_group: '', resource: 'configmaps', verbs: ['delete'] });
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
    const { cluster_id } = await caller.rpc.call(operations.registerCluster, {
      name: 'admin',
      kubeconfig,
      allow_duplicate: true,
    });
    const all = await caller.rpc.call(operations.checkPermissions, { cluster_id });
    expect(all.cluster_admin).toBe(true);
    expect(all.features.filter((feature) => !feature.available)).toEqual([]);
  });

  it('tells of a ServiceAccount’s token that never ends', async () => {
    const path = `/api/v1/namespaces/${namespace.name}/secrets`;
    const metadata = { name: 'endless', annotations: { 'kubernetes.io/service-account.name': 'ushadow' } };
    await create(path, { metadata, type: 'kubernetes.io/service-account-token' });
    let token = '';
    for (const deadline = Date.now() + 10_000; token === '' && Date.now() < deadline;) {
      const { body } = await cluster.api.get(`${path}/endless`);
      token = Buffer.from((body as { data?: { token?: string } }).data?.token ?? '', 'base64').toString();
    }
    const created = await caller.rpc.call(operations.registerCluster, {
      name: 'endless',
      kubeconfig: kubeconfigWith(token),
      allow_duplicate: true,
    });
    expect(created.credential_expires_at).toBeNull();
    expect(created.warnings[0]).toMatchObject({
      code: 'TOKEN_NEVER_EXPIRES',
      remedy: expect.stringMatching(/^Replace it/),
    });
  });

  it('D7, T9: the access script makes an account with which everything of its namespace works, and no more', async () => {
    const target = await testNamespace(cluster, 'own');
    const scratch = await mkdtemp(join(tmpdir(), 'access-'));
    try {
      const manifest = await caller.rpc.call(operations.getAccessManifest, { namespace: target.name });
      expect(manifest.yaml).not.toMatch(/ClusterRole|['"*]\*|impersonate|escalate|bind\b/);
      const file = join(scratch, 'access.sh');
      await writeFile(file, manifest.script);
      await chmod(file, 0o700);
      const root = process.cwd();
      const kubectl = await findProgram('kubectl', { env: process.env, root, progress: silentProgress });
      const PATH = `${dirname(kubectl)}${delimiter}${process.env['PATH'] ?? ''}`;
      const env = { PATH, HOME: scratch, KUBECONFIG: cluster.kubeconfigPath };
      const { stdout } = await promisify(execFile)('/bin/sh', [file], { env });
      const admin = (JSON.parse(cluster.kubeconfig) as { users: { user: { token: string } }[] }).users[0]?.user.token;
      expect(stdout).not.toContain(admin ?? 'no token');
      const created = await caller.rpc.call(operations.registerCluster, {
        name: 'own',
        kubeconfig: base64(stdout),
        namespace: target.name,
        allow_duplicate: true,
      });
      expect(created).toMatchObject({ status: 'connected', warnings: [] });
      const features = created.permissions?.features ?? [];
      expect(features.filter(({ available, optional }) => !available && !optional)).toEqual([]);
      expect(features.filter(({ available }) => !available).map(({ feature }) => feature)).toEqual([
        'namespaces',
        'nodes',
        'hints',
      ]);
      const elsewhere = await caller.rpc.call(operations.checkPermissions, {
        cluster_id: created.cluster_id,
        namespace: namespace.name,
      });
      expect(elsewhere.features.filter(({ available }) => available)).toEqual([]);
    } finally {
      await target.delete();
      await rm(scratch, { recursive: true });
    }
  }, 60_000);

  it('the wider manifest opens what is cluster-wide too, and still no Secrets outside its namespace', async () => {
    const { yaml } = await caller.rpc.call(operations.getAccessManifest, { namespace: 'x', scope: 'cluster' });
    const objects = parseAllDocuments(yaml).map(
      (each) => each.toJS() as { kind: string; rules?: { resources: string[] }[] },
    );
    expect(objects.map(({ kind }) => kind)).toEqual([
      'Namespace',
      'ServiceAccount',
      'Role',
      'RoleBinding',
      'ClusterRole',
      'ClusterRoleBinding',
    ]);
    const wide = objects.find(({ kind }) => kind === 'ClusterRole')?.rules?.flatMap(({ resources }) => resources);
    expect(wide).toEqual([
      'namespaces',
      'nodes',
      // Once more among metrics.
      'nodes',
      'storageclasses',
      'ingressclasses',
      'ingresses',
      'gateways',
      'httproutes',
      'clusterissuers',
      'priorityclasses',
    ]);
  });
});
