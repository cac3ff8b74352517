import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events, operations, type DataOf, type DomainError } from '@ushadow/contracts';
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

const failureOf = (call: Promise<unknown>): Promise<DomainError> =>
  call.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error: DomainError) => error,
  );

describe('scanner-service', () => {
  let system: RunningSystem;
  let database: TestDatabase;
  let cluster: TestCluster;
  let namespace: TestNamespace;
  let caller: Caller;
  let clusterId: string;

  beforeAll(async () => {
    [database, cluster] = await Promise.all([testDatabase(), testCluster()]);
    const natsUrl = (await natsFor(import.meta.url)).url;
    system = await startServices({
      database,
      natsUrl,
      composeDirectory: '/nonexistent',
      only: ['cluster-service', 'scanner-service'],
    });
    caller = await openCaller(natsUrl);
    namespace = await testNamespace(cluster, 'infra');
    clusterId = await register('scanned', cluster.kubeconfig);
    await service('mongo', { ports: [{ port: 27017 }] });
    await workload('mongo', 'mongo:7', 27017);
    await service('mongo-express', { ports: [{ port: 8081 }] });
    await workload('mongo-express', 'mongo-express:1', 8081);
    await service('cache', { type: 'NodePort', ports: [{ port: 6379 }] });
    await workload('cache', 'redis:7', 6379);
    await service('neo4j', {
      ports: [
        { name: 'http', port: 7474 },
        { name: 'bolt', port: 7687 },
      ],
    });
    await service('elsewhere', { type: 'ExternalName', externalName: 'www.example.com' });
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    await namespace?.delete();
    await database?.drop();
  }, 60_000);

  async function register(name: string, kubeconfig: string): Promise<string> {
    const input = { name, kubeconfig: Buffer.from(kubeconfig).toString('base64'), allow_duplicate: true };
    return (await caller.rpc.call(operations.registerCluster, input)).cluster_id;
  }
  async function create(path: string, object: object): Promise<void> {
    const { status, body } = await cluster.api.post(path, object);
    if (status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  }
  const service = (name: string, spec: object) =>
    create(`/api/v1/namespaces/${namespace.name}/services`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { ...('externalName' in spec ? {} : { selector: { app: name } }), ...spec },
    });
  const workload = (name: string, image: string, port: number) => {
    const labels = { app: name };
    const containers = [{ name, image, ports: [{ containerPort: port }] }];
    return create(`/apis/apps/v1/namespaces/${namespace.name}/deployments`, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
    });
  };
  const scan = (name = namespace.name, id = clusterId) =>
    caller.rpc.call(operations.scanInfra, { cluster_id: id, namespace: name });

  it('R45, R46, R47, R48, R49, R52, R53, R55, R83: finds what is there on a real API server, with evidence', async () => {
    let stop: () => void = () => undefined;
    const heard = new Promise<DataOf<typeof events.scanCompleted>>((resolve) => {
      stop = caller.events.listen(events.scanCompleted, undefined, resolve);
    });
    const { infra_services: infra, error, notes } = await scan();
    expect({ error, notes }).toEqual({ error: null, notes: [] });
    expect(infra['mongo']).toMatchObject({
      found: true,
      confidence: 'high',
      service_name: 'mongo',
      endpoints: [`mongo.${namespace.name}.svc.cluster.local:27017`],
    });
    // Simulated nodes have no address: the in-cluster one is offered.
    expect(infra['redis']?.endpoints).toEqual([`cache.${namespace.name}.svc.cluster.local:6379`]);
    expect(infra['neo4j']).toMatchObject({
      confidence: 'medium',
      endpoints: [expect.stringMatching(/:7687$/), expect.stringMatching(/:7474$/)],
    });
    expect(infra['postgres']).toMatchObject({ found: false, endpoints: [], namespace: null, default_port: 5432 });
    expect(await heard).toEqual({
      cluster_id: clusterId,
      namespace: namespace.name,
      found: ['mongo', 'redis', 'neo4j'],
    });
    stop();
  });

  it('R56, I18: gives the address of a node and the node port', async () => {
    const name = `scan-${clusterId}`;
    // Unschedulable, so that nobody's pods land on it.
    await create('/api/v1/nodes', { metadata: { name }, spec: { unschedulable: true } });
    try {
      const status = { addresses: [{ type: 'InternalIP', address: '203.0.113.9' }] };
      const node = { apiVersion: 'v1', kind: 'Node', metadata: { name }, status };
      await cluster.api.apply(`/api/v1/nodes/${name}/status`, node, 'test');
      const { infra_services: infra } = await scan();
      expect(infra['redis']?.endpoints[0]).toMatch(/^203\.0\.113\.9:3\d{4}$/);
    } finally {
      await cluster.api.delete(`/api/v1/nodes/${name}`);
    }
  });

  it('R53, R66, R67: keeps the result by cluster and namespace, with its time', async () => {
    const first = await scan();
    const kept = await caller.rpc.call(operations.listScans, { cluster_id: clusterId });
    expect(kept).toEqual([first]);
    expect(Date.parse(first.scanned_at)).toBeGreaterThan(Date.now() - 60_000);
    expect(await caller.rpc.call(operations.listScans, { cluster_id: '0000000000000000' })).toEqual([]);
  });

  it('counts its requests: one list per kind, none per Service', async () => {
    const before = ((await cluster.audit()) ?? []).length;
    await scan();
    const all = (await cluster.audit()) ?? [];
    const inNamespace = all
      .slice(before)
      .filter(({ requestURI }) => requestURI.includes(`/namespaces/${namespace.name}/`));
    // The cluster's own controllers may still be at work on what the tests put there.
    const own = inNamespace.filter(({ userAgent = '' }) => !/^(kube-|kwok\/)/.test(userAgent));
    expect(own.filter((entry) => entry.verb === 'list')).toHaveLength(6);
    expect(own).toHaveLength(6);
  });

  it('scans many namespaces with one list per kind, each kept by itself', async () => {
    const empty = `empty-${clusterId}`;
    const answer = await caller.rpc.call(operations.scanNamespaces, {
      cluster_id: clusterId,
      namespaces: [namespace.name, empty],
    });
    expect(answer.failed).toEqual([]);
    expect(answer.scans.map((one) => [one.namespace, one.infra_services['mongo']?.found])).toEqual([
      [namespace.name, true],
      [empty, false],
    ]);
    expect(await caller.rpc.call(operations.listScans, { cluster_id: clusterId })).toEqual(
      [...answer.scans].sort((a, b) => (a.namespace < b.namespace ? -1 : 1)),
    );
    const all = await caller.rpc.call(operations.scanNamespaces, { cluster_id: clusterId });
    expect(all.scans.map((one) => one.namespace)).toEqual(expect.arrayContaining(['default', namespace.name]));
  });

  it('D5: looks in the namespace that was asked for and in no other, and records where it found what', async () => {
    const other = await testNamespace(cluster, 'other');
    try {
      const elsewhere = await scan(other.name);
      expect(Object.values(elsewhere.infra_services).filter(({ found }) => found)).toEqual([]);
      expect((await scan()).infra_services['mongo']).toMatchObject({ found: true, namespace: namespace.name });
    } finally {
      await other.delete();
    }
  });

  it('R66: says that a namespace does not exist, in a scan of many too', async () => {
    const nobody = Array.from({ length: 10 }, (_, index) => `nobody-${index}`);
    const namespaces = [namespace.name, ...nobody];
    const { scans } = await caller.rpc.call(operations.scanNamespaces, { cluster_id: clusterId, namespaces });
    const noted = scans.filter(({ notes }) => notes.some((note) => note.startsWith('there is no namespace')));
    expect(noted.map((one) => one.namespace)).toEqual(nobody);
    for (const name of nobody) {
      await caller.rpc.call(operations.deleteScan, { cluster_id: clusterId, namespace: name });
    }
  });

  it('D10: scans the cluster’s own default namespace unless told, and says when it does not exist', async () => {
    const answer = await caller.rpc.call(operations.scanInfra, { cluster_id: clusterId });
    expect(answer.namespace).toBe('ushadow');
    expect(answer.notes).toEqual(['there is no namespace ushadow in this cluster']);
  });

  it('R81: an unknown cluster is not found', async () => {
    expect(await failureOf(scan('x', '0000000000000000'))).toMatchObject({ code: 'CLUSTER_NOT_FOUND' });
  });

  it('I23, T9: with namespaced rights only it says what is missing; a failed scan keeps the good result', async () => {
    const account = await limitedAccount();
    const limited = await register('limited', kubeconfigFor(account));
    const good = await scan(namespace.name, limited);
    expect(good.infra_services['mongo']).toMatchObject({ found: true, confidence: 'medium' });
    expect(good.notes).toContainEqual(
      expect.stringMatching(/^pods may not be listed in namespace .*resources: \["pods"\]/),
    );
    const mixed = await caller.rpc.call(operations.scanNamespaces, {
      cluster_id: limited,
      namespaces: [namespace.name, 'kube-system'],
    });
    expect(mixed.scans.map((one) => one.namespace)).toEqual([namespace.name]);
    expect(mixed.failed).toEqual([
      { namespace: 'kube-system', code: 'SCAN_FAILED', message: expect.stringMatching(/services may not be listed/) },
    ]);
    const everywhere = await failureOf(caller.rpc.call(operations.scanNamespaces, { cluster_id: limited }));
    expect(everywhere.message).toMatch(/may not be listed cluster-wide/);
    await cluster.api.delete(`/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace.name}/rolebindings/scan`);
    // A scan that still succeeds is the good one from then on.
    let lastGood = mixed.scans[0];
    const error = await failureUntil('SCAN_FAILED', async () => {
      lastGood = await scan(namespace.name, limited);
    });
    expect(error.message).toMatch(/^services may not be listed in namespace .*resources: \["services"\]/);
    const [kept] = await caller.rpc.call(operations.listScans, { cluster_id: limited });
    expect(kept).toEqual({ ...lastGood, error: error.message });
  });

  it('N2: forgets one kept scan', async () => {
    const input = { cluster_id: clusterId, namespace: 'ushadow' };
    await scan('ushadow');
    expect((await caller.rpc.call(operations.deleteScan, input)).message).toMatch(/was forgotten/);
    expect(await failureOf(caller.rpc.call(operations.deleteScan, input))).toMatchObject({ code: 'SCAN_NOT_FOUND' });
  });

  it('R82: the scans of a removed cluster go with it', async () => {
    await caller.rpc.call(operations.deleteCluster, { cluster_id: clusterId });
    const deadline = Date.now() + 10_000;
    const left = () => caller.rpc.call(operations.listScans, { cluster_id: clusterId });
    while ((await left()).length > 0 && Date.now() < deadline);
    expect(await left()).toEqual([]);
  });

  /** The authoriser learns of a removed binding a moment later. */
  async function failureUntil(code: string, call: () => Promise<unknown>): Promise<DomainError> {
    for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
      const error = await call().then(
        () => undefined,
        (failed: DomainError) => failed,
      );
      if (error?.code === code) return error;
    }
    throw new Error(`no ${code}`);
  }

  /** A token that may list Services here and nothing else. */
  async function limitedAccount(): Promise<string> {
    const here = namespace.name;
    const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${here}`;
    await create(`/api/v1/namespaces/${here}/serviceaccounts`, { metadata: { name: 'scanner' } });
    const rules = [{ apiGroups: [''], resources: ['services'], verbs: ['get', 'list'] }];
    await create(`${rbac}/roles`, { metadata: { name: 'scan' }, rules });
    await create(`${rbac}/rolebindings`, {
      metadata: { name: 'scan' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'scan' },
      subjects: [{ kind: 'ServiceAccount', name: 'scanner', namespace: here }],
    });
    const { body } = await cluster.api.post(`/api/v1/namespaces/${here}/serviceaccounts/scanner/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {},
    });
    return (body as { status: { token: string } }).status.token;
  }
  function kubeconfigFor(token: string): string {
    const config = JSON.parse(cluster.kubeconfig) as { users: { name: string; user: object }[] };
    return JSON.stringify({ ...config, users: config.users.map((user) => ({ ...user, user: { token } })) });
  }
});
