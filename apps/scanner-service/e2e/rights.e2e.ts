import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type DomainError } from '@ushadow/contracts';
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

const rbac = '/apis/rbac.authorization.k8s.io/v1';
/** What security.md asks for a scan, in the chosen namespaces. */
const scanRules = [
  { apiGroups: [''], resources: ['services', 'pods'], verbs: ['get', 'list'] },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list'] },
  { apiGroups: ['apps'], resources: ['deployments', 'statefulsets', 'daemonsets'], verbs: ['get', 'list'] },
];

/** A Role in two namespaces and nothing cluster-wide; in the second one without pods. */
describe('credentials that see a few namespaces', () => {
  let system: RunningSystem;
  let database: TestDatabase;
  let cluster: TestCluster;
  let caller: Caller;
  let clusterId: string;
  const places: TestNamespace[] = [];
  const nameOf = (index: number): string => places[index]?.name ?? '';

  beforeAll(async () => {
    [database, cluster] = await Promise.all([testDatabase(), testCluster()]);
    const natsUrl = (await natsFor(import.meta.url)).url;
    const only = ['cluster-service', 'scanner-service'] as const;
    system = await startServices({ database, natsUrl, composeDirectory: '/nonexistent', only });
    caller = await openCaller(natsUrl);
    for (const prefix of ['seen', 'half', 'unseen']) places.push(await testNamespace(cluster, prefix));
    for (const { name } of places) await redis(name);
    const token = await account(nameOf(0));
    await role(nameOf(0), scanRules);
    await role(nameOf(1), [{ apiGroups: [''], resources: ['services'], verbs: ['get', 'list'] }]);
    clusterId = await register(token);
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    for (const place of places) await place.delete();
    await database?.drop();
  }, 60_000);

  async function create(path: string, object: object): Promise<unknown> {
    const { status, body } = await cluster.api.post(path, object);
    if (status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }
  async function redis(namespace: string): Promise<void> {
    const labels = { app: 'redis' };
    const containers = [{ name: 'redis', image: 'redis:7', ports: [{ containerPort: 6379 }] }];
    await create(`/api/v1/namespaces/${namespace}/services`, {
      metadata: { name: 'redis' },
      spec: { selector: labels, ports: [{ port: 6379 }] },
    });
    await create(`/apis/apps/v1/namespaces/${namespace}/deployments`, {
      metadata: { name: 'redis' },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
    });
  }
  async function account(namespace: string): Promise<string> {
    await create(`/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata: { name: 'scanner' } });
    const token = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
    const answer = await create(`/api/v1/namespaces/${namespace}/serviceaccounts/scanner/token`, token);
    return (answer as { status: { token: string } }).status.token;
  }
  async function role(namespace: string, rules: readonly object[]): Promise<void> {
    await create(`${rbac}/namespaces/${namespace}/roles`, { metadata: { name: 'scan' }, rules });
    await create(`${rbac}/namespaces/${namespace}/rolebindings`, {
      metadata: { name: 'scan' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'scan' },
      subjects: [{ kind: 'ServiceAccount', name: 'scanner', namespace: nameOf(0) }],
    });
  }
  async function register(token: string): Promise<string> {
    const config = JSON.parse(cluster.kubeconfig) as { users: { user: object }[] };
    const limited = { ...config, users: config.users.map((user) => ({ ...user, user: { token } })) };
    const kubeconfig = Buffer.from(JSON.stringify(limited)).toString('base64');
    return (await caller.rpc.call(operations.registerCluster, { name: 'namespaced', kubeconfig })).cluster_id;
  }
  const scanAll = (namespaces?: string[]) =>
    caller.rpc.call(operations.scanNamespaces, { cluster_id: clusterId, ...(namespaces && { namespaces }) });

  it('T9: a Role with the rules of a scan is enough: everything is seen, nothing is noted', async () => {
    const scan = await caller.rpc.call(operations.scanInfra, { cluster_id: clusterId, namespace: nameOf(0) });
    expect(scan).toMatchObject({ error: null, notes: [] });
    expect(scan.infra_services['redis']).toMatchObject({ found: true, confidence: 'high' });
  });

  it('R93: what is missing is named with the rule that allows it, and the rest is judged by what is seen', async () => {
    const { scans } = await scanAll([nameOf(1)]);
    expect(scans[0]?.infra_services['redis']).toMatchObject({ found: true, confidence: 'medium', ready: null });
    expect(scans[0]?.notes).toEqual([
      ...['daemonsets', 'deployments'].map((resource) => expectedNote('apps', resource)),
      expectedNote('discovery.k8s.io', 'endpointslices'),
      expectedNote('', 'pods'),
      expectedNote('apps', 'statefulsets'),
    ]);
  });

  const expectedNote = (group: string, resource: string) =>
    `${resource} may not be listed in namespace ${nameOf(1)}; allow it with the rule ` +
    `{apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["get", "list"]}`;

  it.each([
    ['few namespaces, each listed by itself', 0],
    ['many, for which the whole cluster is tried first', 12],
  ])('a namespace that may not be seen does not keep the others from being scanned: %s', async (_how, more) => {
    const others = Array.from({ length: more }, (_, index) => `nobody-${index}`);
    const { scans, failed } = await scanAll([...places.map(({ name }) => name), ...others]);
    expect(scans.map((scan) => [scan.namespace, scan.infra_services['redis']?.found])).toEqual([
      [nameOf(0), true],
      [nameOf(1), true],
    ]);
    expect(failed.map(({ namespace, code }) => [namespace, code])).toEqual(
      [nameOf(2), ...others].map((name) => [name, 'SCAN_FAILED']),
    );
    expect(failed[0]?.message).toBe(
      `services may not be listed in namespace ${nameOf(2)}; allow it with the rule ` +
        '{apiGroups: [""], resources: ["services"], verbs: ["get", "list"]}.',
    );
  });

  it('all namespaces need a right for the whole cluster: the error says to name them, and which rule it is', async () => {
    const error = await scanAll().then(
      () => undefined,
      (failed: DomainError) => failed,
    );
    expect(error).toMatchObject({ code: 'SCAN_FAILED' });
    expect(error?.message).toBe(
      'services may not be listed cluster-wide; allow it with the rule ' +
        '{apiGroups: [""], resources: ["services"], verbs: ["get", "list"]}, or name the namespaces to scan.',
    );
  });
});
