import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlanData } from '@ushadow/contracts';
import { apiProxy } from '@ushadow/testing';
import { parse } from 'yaml';
import { toBase64 } from './support/gateway.ts';
import { deploy, deployStack, live, pathOf, sql, startSystem, writesTo, type TestSystem } from './support/system.ts';

const CANARY = 'canary-of-the-plan';

describe('stored plans (B1, M4)', () => {
  let test: TestSystem;
  const answers: string[] = [];

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'plans');
  });

  afterAll(async () => {
    await test.stop();
  });

  const env_vars = { API_TOKEN: CANARY };
  const values = (own: Record<string, string>) => ({ service_values: { web: own } });
  const request = () => ({
    project: 'shop',
    namespace: test.namespace.name,
    services: ['web'],
    ...values(env_vars),
  });
  const plan = async (input: object = {}): Promise<PlanData> => {
    const { client, registered } = test;
    const answer = await client.planStack({ ...request(), cluster_id: registered.cluster_id, ...input });
    answers.push(JSON.stringify(answer));
    return answer;
  };
  const configMapOf = async () => (await live(test, 'configmaps', 'web-config'))?.data;

  it('say what would be created and write nothing', async () => {
    const before = await writesTo(test);
    const made = await plan();
    expect(made).toMatchObject({
      applicable: true,
      counts: { update: 0, recreate: 0, delete: 0, unchanged: 0 },
      problems: [],
      conflicts: [],
      missing_permissions: [],
      role_yaml: null,
      replaces: null,
    });
    expect(made.counts.create).toBe(made.objects.length);
    expect(made.objects.map(({ object }) => object)).toContain(`Deployment/${test.namespace.name}/web`);
    expect(await test.client.getPlan({ plan_id: made.plan_id })).toEqual(made);
    expect(await writesTo(test)).toEqual(before);
    expect(await live(test, 'deployments', 'web')).toBeUndefined();
  });

  it('are applied as they are: nothing else has to be said, and nothing else may be', async () => {
    const { client, registered } = test;
    const { plan_id, hash, objects } = await plan();
    const { deployment } = await deployStack(test, 'shop', { plan_id });
    expect(deployment).toMatchObject({ status: 'succeeded', plan_id, plan_hash: hash });
    expect([...deployment.objects].sort()).toEqual(objects.map(({ object }) => object).sort());
    const { cluster_id } = registered;
    await expect(client.deployStack({ cluster_id, project: 'shop', plan_id, services: ['web'] })).rejects.toMatchObject(
      {
        code: 'INVALID_INPUT',
      },
    );
  });

  it('of the same again change nothing, and have the same hash each time', async () => {
    const [first, second] = [await plan(), await plan()];
    expect(first.counts).toMatchObject({ create: 0, update: 0, delete: 0, unchanged: first.objects.length });
    expect(second.hash).toBe(first.hash);
    const other = await plan({ prune: false });
    expect(other.hash).not.toBe(first.hash);
    expect((await plan({ deadline_seconds: 77 })).hash).not.toBe(first.hash);
  });

  it('show each field that would change, and no value of a Secret', async () => {
    const made = await plan(values({ API_TOKEN: `${CANARY}-new`, GREETING: 'good day' }));
    const changes = made.objects.flatMap(({ object, changes }) => changes.map((change) => ({ object, ...change })));
    expect(changes).toContainEqual({
      object: `ConfigMap/${test.namespace.name}/web-config`,
      path: 'data.GREETING',
      change: 'changed',
      before: '"hello"',
      after: '"good day"',
    });
    const secret = changes.filter(({ object }) => object.startsWith('Secret/'));
    expect(secret).toEqual([
      { object: `Secret/${test.namespace.name}/web-secrets`, path: 'data.API_TOKEN', change: 'changed' },
    ]);
  });

  it('are stale when the cluster has moved: nothing is written, and a new plan has the differences as they are', async () => {
    const made = await plan(values({ ...env_vars, GREETING: 'approved' }));
    const path = pathOf(test.namespace.name, 'configmaps', 'web-config');
    const moved = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'web-config', namespace: test.namespace.name },
      data: { GREETING: 'moved' },
    };
    await test.cluster.api.apply(path, moved, 'ushadow');
    const before = await writesTo(test);
    const { deployment } = await deployStack(test, 'shop', { plan_id: made.plan_id });
    expect(deployment).toMatchObject({ status: 'failed', verdict: { code: 'PLAN_STALE' } });
    expect(deployment.verdict?.rollback).toBeUndefined();
    expect(await writesTo(test)).toEqual(before);
    expect(await configMapOf()).toMatchObject({ GREETING: 'moved' });
    const { revisions } = await test.client.getHistory({ stack_id: deployment.stack_id });
    expect(revisions[0]).toMatchObject({ deployment_id: deployment.deployment_id, bad: false, offered: false });
    expect(revisions[1]).toMatchObject({ current: true });
    const fresh = await test.client.getPlan({ plan_id: deployment.verdict?.plan_id ?? '' });
    expect(fresh).toMatchObject({ replaces: deployment.deployment_id, applicable: true });
    expect(fresh.hash).not.toBe(made.hash);
    const greeting = fresh.objects.flatMap(({ changes }) => changes).find(({ path }) => path === 'data.GREETING');
    expect(greeting).toMatchObject({ before: '"moved"', after: '"approved"' });
    expect((await deployStack(test, 'shop', { plan_id: fresh.plan_id })).deployment.status).toBe('succeeded');
    expect(await configMapOf()).toMatchObject({ GREETING: 'approved' });
  });

  it('name the other manager of a field, and take it over only when that is asked for', async () => {
    const path = pathOf(test.namespace.name, 'configmaps', 'web-config');
    const theirs = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'web-config', namespace: test.namespace.name },
      data: { GREETING: 'theirs' },
    };
    await test.cluster.api.apply(path, theirs, 'somebody-else');
    const ours = values({ ...env_vars, GREETING: 'ours' });
    const refused = await plan(ours);
    expect(refused).toMatchObject({
      applicable: false,
      problems: [{ code: 'FIELD_CONFLICT' }],
      conflicts: [
        { object: `ConfigMap/${test.namespace.name}/web-config`, field: '.data.GREETING', manager: 'somebody-else' },
      ],
    });
    const { cluster_id } = test.registered;
    await expect(
      test.client.deployStack({ cluster_id, project: 'shop', plan_id: refused.plan_id }),
    ).rejects.toMatchObject({
      code: 'PLAN_NOT_APPLICABLE',
      details: { problems: [{ code: 'FIELD_CONFLICT' }] },
    });
    expect(await configMapOf()).toMatchObject({ GREETING: 'theirs' });
    const taken = await plan({ ...ours, take_over: true });
    expect(taken).toMatchObject({ applicable: true, conflicts: [] });
    expect((await deployStack(test, 'shop', { plan_id: taken.plan_id })).deployment.status).toBe('succeeded');
    expect(await configMapOf()).toMatchObject({ GREETING: 'ours' });
  });

  it('list what would be deleted; claims stay unless they are named', async () => {
    const ingress = { ingress: { enabled: true, host: 'plans.example' } };
    expect((await deploy(test, { service_id: 'shop:web', env_vars, k8s_spec: ingress })).deployment.status).toBe(
      'succeeded',
    );
    const without = { specs: { web: { ingress: { enabled: false } } } };
    const made = await plan(without);
    expect(made.objects.filter(({ action }) => action === 'delete').map(({ object }) => object)).toEqual([
      `Ingress/${test.namespace.name}/web`,
    ]);
    const kept = await plan({ ...without, prune: false });
    expect(kept.counts.delete).toBe(0);
    await deployStack(test, 'shop', { plan_id: kept.plan_id });
    expect(await live(test, 'ingresses', 'web')).toBeDefined();
    // What was kept is not forgotten.
    const again = await plan();
    expect(again.counts.delete).toBe(1);
    expect((await deployStack(test, 'shop', { plan_id: again.plan_id })).deployment.status).toBe('succeeded');
    expect(await live(test, 'ingresses', 'web')).toBeUndefined();
  });

  it('hold for fields that the server chooses by itself, such as node ports', async () => {
    const { plan_id, counts } = await plan({ specs: { web: { service_type: 'NodePort' } } });
    expect(counts.update).toBeGreaterThan(0);
    const { deployment } = await deployStack(test, 'shop', { plan_id });
    expect(deployment).toMatchObject({ status: 'succeeded' });
  });

  it('can be made for a namespace that does not exist yet, and say what could not be checked there', async () => {
    const namespace = `${test.namespace.name}-new`;
    const { plan_id, ...made } = await plan({ namespace });
    expect(made).toMatchObject({ applicable: true, new_namespaces: [namespace] });
    expect(made.objects.every(({ verified, unverified_reason }) => !verified && unverified_reason !== null)).toBe(true);
    expect((await test.cluster.api.get(`/api/v1/namespaces/${namespace}`)).status).toBe(404);
    const { deployment } = await deployStack(test, 'shop', { plan_id });
    expect(deployment).toMatchObject({ status: 'succeeded', namespace });
    await test.cluster.api.delete(`/api/v1/namespaces/${namespace}`);
  });

  it('name what the credential may not do, with the Role that would allow it (B7)', async () => {
    const { client, cluster, namespace } = test;
    const kubeconfig = await kubeconfigOf('reader');
    const { cluster_id } = await client.registerCluster({
      name: 'restricted',
      allow_duplicate: true,
      kubeconfig: toBase64(kubeconfig),
      namespace: namespace.name,
    });
    // Nobody has it there yet: what stands in the way is the permission alone.
    const cache = { cluster_id, project: 'shop', namespace: namespace.name, services: ['cache'] };
    const made = await client.planStack(cache);
    expect(made.applicable).toBe(false);
    expect(made.problems.map(({ code }) => code)).toContain('PERMISSION_DENIED');
    expect(made.missing_permissions).toContainEqual({
      verb: 'patch',
      group: 'apps',
      resource: 'deployments',
      namespace: namespace.name,
    });
    expect(made.missing_permissions.map(({ verb }) => verb)).not.toContain('get');
    const role = parse(made.role_yaml ?? '') as object;
    const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace.name}/roles/ushadow-deploy`;
    await cluster.api.apply(path, role, 'admin');
    await bind('ushadow-deploy', 'reader');
    const allowed = await client.planStack(cache);
    expect(allowed).toMatchObject({ missing_permissions: [], role_yaml: null });
    expect(allowed.problems.filter(({ code }) => code === 'PERMISSION_DENIED')).toEqual([]);
  });

  it('are given up on within the time of the caller when the cluster takes calls and answers none', async () => {
    await using stack = new AsyncDisposableStack();
    const proxy = stack.adopt(await apiProxy(test.cluster.kubeconfig), (each) => each.close());
    const { cluster_id } = await test.client.registerCluster({
      name: 'hanging',
      allow_duplicate: true,
      kubeconfig: toBase64(proxy.kubeconfig),
      namespace: test.namespace.name,
    });
    proxy.setRule(() => ({ kind: 'latency', ms: 600_000 }));
    const at = performance.now();
    await expect(test.client.planStack({ ...request(), cluster_id })).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      message: expect.stringContaining('did not answer within 20 s'),
    });
    expect(performance.now() - at).toBeLessThan(30_000);
  });

  it('are refused when they are too old, unknown, or of another cluster', async () => {
    const { client, registered, database } = test;
    const { cluster_id } = registered;
    const { plan_id } = await plan();
    await sql(database, `UPDATE deployments.plans SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      plan_id,
    ]);
    await expect(client.deployStack({ cluster_id, project: 'shop', plan_id })).rejects.toMatchObject({
      code: 'PLAN_EXPIRED',
    });
    const unknown = '00000000-0000-4000-8000-000000000000';
    await expect(client.deployStack({ cluster_id, project: 'shop', plan_id: unknown })).rejects.toMatchObject({
      code: 'PLAN_NOT_FOUND',
    });
    await expect(client.getPlan({ plan_id: unknown })).rejects.toMatchObject({ code: 'PLAN_NOT_FOUND' });
    const second = await client.registerCluster({
      name: 'other',
      kubeconfig: toBase64(test.cluster.kubeconfig),
      allow_duplicate: true,
    });
    const other = await plan();
    await expect(
      client.deployStack({ cluster_id: second.cluster_id, project: 'shop', plan_id: other.plan_id }),
    ).rejects.toMatchObject({ code: 'PLAN_NOT_FOUND' });
  });

  it('say which objects of others are missing, by the names that they need, before anything is written', async () => {
    const { client, registered, cluster } = test;
    const namespace = `${test.namespace.name}-outside`;
    const content = `services:
  app:
    image: registry.example/app:1
    volumes: ["up:/up"]
    configs: [c]
    secrets: [s]
volumes: {up: {external: true, name: Prod_Uploads}}
configs: {c: {external: true}}
secrets: {s: {external: true}}
`;
    await client.uploadProject({
      name: 'outside',
      replace: true,
      files: [{ path: 'compose.yaml', content: toBase64(content) }],
    });
    const ask = { cluster_id: registered.cluster_id, project: 'outside', namespace };
    await cluster.api.apply(
      `/api/v1/namespaces/${namespace}`,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      'admin',
    );
    const made = await client.planStack(ask);
    const claim = /PersistentVolumeClaim "(prod-uploads[^"]*)" does not exist/;
    expect(made.applicable).toBe(false);
    expect(made.problems.map(({ code }) => code).sort()).toEqual([
      'CLAIM_MISSING',
      'CONFIG_REF_MISSING',
      'CONFIG_REF_MISSING',
    ]);
    const texts = made.problems.map(({ message }) => message).join('\n');
    expect(texts).toMatch(/ConfigMap "c" does not exist/);
    expect(texts).toMatch(/Secret "s" does not exist/);
    const name = claim.exec(texts)?.[1] ?? '';
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
    const others: readonly (readonly [string, string, object])[] = [
      ['PersistentVolumeClaim', `persistentvolumeclaims/${name}`, { spec }],
      ['ConfigMap', 'configmaps/c', { data: { c: 'x' } }],
      ['Secret', 'secrets/s', { stringData: { other: 'x' } }],
    ];
    for (const [kind, path, rest] of others) {
      const metadata = { name: path.split('/')[1], namespace };
      await cluster.api.apply(
        `/api/v1/namespaces/${namespace}/${path}`,
        { apiVersion: 'v1', kind, metadata, ...rest },
        'admin',
      );
    }
    expect((await client.planStack(ask)).problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('Secret "s" has no key s'),
    ]);
    await cluster.api.apply(
      `/api/v1/namespaces/${namespace}/secrets/s`,
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace }, stringData: { s: 'x' } },
      'admin',
    );
    expect(await client.planStack(ask)).toMatchObject({ applicable: true, problems: [] });
    await cluster.api.delete(`/api/v1/namespaces/${namespace}`);
  });

  it('keep no secret in any answer, row of the trail or log', async () => {
    const rows = await sql<{ text: string }>(
      test.database,
      `SELECT plans::text AS text FROM deployments.plans UNION ALL SELECT audit_trail::text FROM deployments.audit_trail
       UNION ALL SELECT progress_events::text FROM deployments.progress_events
       UNION ALL SELECT outbox::text FROM deployments.outbox`,
    );
    const said = [...answers, test.system.logs(), ...rows.map(({ text }) => text)].join('\n');
    expect(said.length).toBeGreaterThan(10_000);
    for (const secret of [CANARY, 'canary-from-the-compose-file']) {
      expect(said).not.toContain(secret);
      expect(said).not.toContain(toBase64(secret));
    }
  });

  /** A service account that may only read, and a kubeconfig for it. */
  async function kubeconfigOf(name: string): Promise<string> {
    const { api, kubeconfig } = test.cluster;
    const core = `/api/v1/namespaces/${test.namespace.name}/serviceaccounts/${name}`;
    const metadata = { name, namespace: test.namespace.name };
    await api.apply(core, { apiVersion: 'v1', kind: 'ServiceAccount', metadata }, 'admin');
    const rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] }];
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules };
    const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${test.namespace.name}`;
    await api.apply(`${rbac}/roles/${name}`, role, 'admin');
    await bind(name, name);
    const { body } = await api.post(`${core}/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { audiences: [] },
    });
    const { token } = (body as { status: { token: string } }).status;
    return kubeconfig.replace(/("?token"?): "?[^"\n]+"?/, `$1: "${token}"`);
  }

  async function bind(role: string, account: string): Promise<void> {
    const namespace = test.namespace.name;
    const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings/${role}`;
    const binding = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: role, namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
    };
    await test.cluster.api.apply(path, binding, 'admin');
  }
});
