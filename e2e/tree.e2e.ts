import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StackData, TreeNodeData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { LiveTree } from '@ushadow/live-tree';
import { apiProxy, SeededRandom, type ApiProxy } from '@ushadow/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { until } from './faults/support/until.ts';
import { kubectlGet } from './support/peers.ts';
import { seedAccount } from './support/seed-account.ts';
import { deployStack, live, pathOf, startSystem, type TestSystem } from './support/system.ts';
import { factsByKubectl, factsOfTree } from './support/tree-facts.ts';
import { openTree, type TreeStream } from './support/tree-stream.ts';

const PASSWORD = 'canary-of-the-tree';
/** As `kubectl get` is asked for them. */
const KINDS = [
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'replicasets.apps',
  'cronjobs.batch',
  'jobs.batch',
  'pods',
  'services',
  'endpointslices.discovery.k8s.io',
  'ingresses.networking.k8s.io',
  'persistentvolumeclaims',
  'horizontalpodautoscalers.v2.autoscaling',
  'events',
];
const CHANGES = 1_000;
/** Pods of nobody's that bear the labels of a service. */
const FOREIGN = 'theirs-';

describe('the live tree of a stack', () => {
  let test: TestSystem;
  let proxy: ApiProxy;
  let stack_id = '';
  let stack: StackData;
  const streams: TreeStream[] = [];

  beforeAll(async () => {
    const compose = fileURLToPath(new URL('stacks', import.meta.url));
    const kubeconfig = async (given: string) => {
      proxy = await apiProxy(given);
      return proxy.kubeconfig;
    };
    test = await startSystem(import.meta.url, 'tree', { compose, kubeconfig });
    const { deployment } = await deployStack(test, 'team', { variables: { DB_PASSWORD: PASSWORD } });
    expect(deployment).toMatchObject({ status: 'succeeded' });
    ({ stack_id } = deployment);
    stack = await test.client.getStack({ stack_id });
  }, 180_000);

  afterAll(async () => {
    for (const stream of streams) stream.close();
    await test?.stop();
    await proxy?.close();
  });

  const open = async (): Promise<TreeStream> => {
    const stream = await openTree(test.system.gatewayUrl, stack_id);
    streams.push(stream);
    return stream;
  };
  const shown = (stream: TreeStream): Promise<true> =>
    until('a snapshot', () => (stream.seen.has('snapshot') ? true : undefined), 20_000);
  const byId = (nodes: readonly TreeNodeData[]): TreeNodeData[] => [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1));

  const askKubectl = async () =>
    (await kubectlGet(test.cluster.kubeconfigPath, test.namespace.name, KINDS)) as KubeObject[];
  /** The tree by what kubectl says. */
  const toldByKubectl = async (asked?: readonly KubeObject[]): Promise<TreeNodeData[]> => {
    const items = asked ?? (await askKubectl());
    const services = stack.services.map(({ service, objects }) => ({
      service,
      objects,
      expected: objects,
      isOneShot: service === 'migrate',
    }));
    const tree = new LiveTree({ stackId: stack_id, namespace: test.namespace.name, services });
    for (const item of items) tree.put(item);
    tree.sees(new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']));
    tree.settle();
    return byId(tree.nodes());
  };

  it('R104 shows services, workloads, pods and containers, and what belongs to them', async () => {
    const tree = await test.client.getStackTree({ stack_id });
    expect(tree).toMatchObject({ stack_id, namespace: test.namespace.name, project: 'team', unseen: [] });
    const services = tree.nodes.filter(({ type }) => type === 'service');
    expect(services.map(({ name, health }) => [name, health]).sort()).toEqual([
      ['api', 'ready'],
      ['db', 'ready'],
      ['migrate', 'completed'],
      ['web', 'ready'],
      ['worker', 'ready'],
    ]);
    const { name } = test.namespace;
    const parents = new Map(tree.nodes.map(({ id, parent }) => [id, parent]));
    expect(parents.get(`Deployment/${name}/worker`)).toBe('service:worker');
    const pods = tree.nodes.filter((node) => node.type === 'pod' && node.name.startsWith('worker-'));
    expect(pods).toHaveLength(2);
    for (const { parent } of pods) expect(parents.get(parent ?? '')).toBe(`Deployment/${name}/worker`);
    expect(tree.nodes.find(({ id }) => id === `Service/${name}/web`)).toMatchObject({
      type: 'endpoint',
      endpoints: 1,
      endpoints_ready: 1,
    });
    expect(tree.nodes.filter(({ type }) => type === 'claim')).toMatchObject([{ health: 'ready', phase: 'Bound' }]);
    expect(byId(tree.nodes)).toEqual(await toldByKubectl());
  });

  it('R105 describes one Deployment as it is live, without managed fields', async () => {
    const shownObject = await test.client.getLiveObject({ stack_id, kind: 'deploy', name: 'api' });
    expect(shownObject.id).toBe(`Deployment/${test.namespace.name}/api`);
    expect(shownObject.yaml).toContain('availableReplicas: 1');
    expect(shownObject.yaml).not.toContain('managedFields');
    expect(shownObject.managers).toContainEqual(expect.objectContaining({ operation: 'Apply' }));
    const [pod] = (await test.client.getStackTree({ stack_id })).nodes.filter(({ type }) => type === 'pod');
    expect(await test.client.getLiveObject({ stack_id, kind: 'Pod', name: pod?.name ?? '' })).toMatchObject({
      id: pod?.id,
    });
  });

  it('R107 tells what the cluster says of an object and of what it has made, each once', async () => {
    const [pod] = (await test.client.getStackTree({ stack_id })).nodes.filter(
      (node) => node.type === 'pod' && node.name.startsWith('api-'),
    );
    const { namespace } = test;
    const uid = (await live(test, 'pods', pod?.name ?? ''))?.metadata.uid;
    for (const name of ['one', 'two'])
      await test.cluster.api.post(`/api/v1/namespaces/${namespace.name}/events`, {
        metadata: { name: `pull.${name}` },
        involvedObject: {
          kind: 'Pod',
          namespace: namespace.name,
          name: pod?.name,
          uid,
          fieldPath: 'spec.containers{api}',
        },
        type: 'Warning',
        reason: 'Failed',
        message: 'Failed to pull image "team/api:1": not found',
        count: 2,
        firstTimestamp: new Date().toISOString().replace(/\.\d+Z/, 'Z'),
        lastTimestamp: new Date().toISOString().replace(/\.\d+Z/, 'Z'),
      });
    const ask = async () => (await test.client.listStackEvents({ stack_id, service: 'api', limit: 50 })).events;
    const pulls = await until(
      'both events',
      async () => (await ask()).find(({ reason, count }) => reason === 'Failed' && count === 4),
      10_000,
    );
    expect(pulls).toMatchObject({
      object: `Pod/${namespace.name}/${pod?.name ?? ''}`,
      container: 'api',
      type: 'Warning',
    });
    expect((await ask()).map(({ reason }) => reason)).toContain('ScalingReplicaSet');
    const elsewhere = await test.client.listStackEvents({ stack_id, service: 'web', limit: 50 });
    expect(elsewhere.events.some(({ reason }) => reason === 'Failed')).toBe(false);
  });

  it('R108 R109 lists the keys of ConfigMaps and Secrets of a service, and shows no value of a Secret', async () => {
    const { config } = await test.client.listConfig({ stack_id, service: 'api' });
    expect(config.map(({ kind, name, exists }) => [kind, name, exists])).toContainEqual([
      'Secret',
      'api-secrets',
      true,
    ]);
    const secret = config.find(({ kind }) => kind === 'Secret');
    expect(secret?.keys).toEqual([{ key: 'DATABASE_URL', bytes: `postgres://app:${PASSWORD}@db:5432/app`.length }]);
    const shownSecret = await test.client.getLiveObject({ stack_id, kind: 'Secret', name: 'api-secrets' });
    expect(shownSecret).toMatchObject({ object: { data: { DATABASE_URL: '[redacted]' } } });
    const text = JSON.stringify([config, shownSecret, await test.client.getStackTree({ stack_id })]);
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(Buffer.from(PASSWORD).toString('base64').slice(0, 20));
  });

  it('R108 reveals one key of one Secret, and who has asked for it stands in the audit', async () => {
    const revealed = await test.client.revealSecretKey({ stack_id, name: 'db-secrets', key: 'POSTGRES_PASSWORD' });
    expect(revealed).toEqual({ value: PASSWORD, encoding: 'text' });
    const entry = await until(
      'the entry',
      async () => {
        const { entries } = await test.client.listAudit({ stack_id, limit: 50 });
        return entries.find(({ action }) => action === 'secret.revealed');
      },
      10_000,
    );
    expect(entry).toMatchObject({
      service: 'operations',
      services: ['db'],
      details: { secret: 'db-secrets', key: 'POSTGRES_PASSWORD' },
    });
    expect(JSON.stringify(entry)).not.toContain(PASSWORD);
  });

  it('finds nothing that is not the stack’s, whatever it is called', async () => {
    const { api } = test.cluster;
    const base = `/api/v1/namespaces/${test.namespace.name}`;
    await api.post(`${base}/secrets`, { metadata: { name: 'theirs' }, stringData: { key: 'value' } });
    const owner = JSON.stringify({
      installation: 'i',
      stack: '6b1d1c4e-1111-4111-8111-111111111111',
      project: 'p',
      namespace: 'n',
    });
    await api.post(`${base}/secrets`, {
      metadata: { name: 'others', annotations: { 'ushadow.io/owner': owner } },
      stringData: { key: 'value' },
    });
    for (const name of ['theirs', 'others', 'none']) {
      const missing = { code: 'OBJECT_NOT_FOUND', kind: 'not-found' };
      await expect(test.client.getLiveObject({ stack_id, kind: 'Secret', name })).rejects.toMatchObject(missing);
      await expect(test.client.revealSecretKey({ stack_id, name, key: 'key' })).rejects.toMatchObject(missing);
    }
    const missing = { code: 'OBJECT_NOT_FOUND' };
    await expect(test.client.getLiveObject({ stack_id, kind: 'Namespace', name: 'default' })).rejects.toMatchObject(
      missing,
    );
    await expect(test.client.revealSecretKey({ stack_id, name: 'db-secrets', key: 'none' })).rejects.toMatchObject(
      missing,
    );
    const nobodys = { stack_id: '6b1d1c4e-1111-4111-8111-111111111111' };
    await expect(test.client.getStackTree(nobodys)).rejects.toMatchObject({ code: 'STACK_NOT_FOUND' });
    await expect(openTree(test.system.gatewayUrl, nobodys.stack_id)).rejects.toThrow('404');
  });

  it('says in words that a cluster measures nothing', async () => {
    const metrics = await test.client.getStackMetrics({ stack_id });
    expect(metrics).toMatchObject({ available: false, message: expect.stringContaining('metrics.k8s.io'), pods: [] });
  });

  it(`equals what kubectl says after ${String(CHANGES)} random changes`, async () => {
    const stream = await open();
    await shown(stream);
    const before = factsOfTree(stream.tree().nodes());
    const made = await changeAtRandom(() => stream.tree().nodes());
    // Some of what is to be deleted is gone already.
    expect(made).toBeGreaterThan(CHANGES * 0.7);
    let ours: TreeNodeData[] = [];
    let items: KubeObject[] = [];
    let theirs: TreeNodeData[] = [];
    try {
      await until(
        'the same tree',
        async () => {
          items = await askKubectl();
          theirs = await toldByKubectl(items);
          await pause(500);
          ours = byId(stream.tree().nodes());
          return JSON.stringify(ours) === JSON.stringify(theirs) ? true : undefined;
        },
        90_000,
      );
    } catch {
      expect(ours).toEqual(theirs);
    }
    // Both trees are of our making; this is not.
    const facts = factsByKubectl(items, stack_id);
    expect(facts.filter(({ phase }) => phase === 'Running').length).toBeGreaterThan(0);
    expect(factsOfTree(ours)).toEqual(facts);
    expect(facts).not.toEqual(before);
    expect(JSON.stringify(ours)).not.toContain(FOREIGN);
    expect(stream.seen.get('snapshot')).toBe(1);
    expect(stream.seen.get('changed')).toBeGreaterThan(20);
    expect(stream.seen.get('removed')).toBeGreaterThan(10);
    stream.close();
  }, 600_000);

  it('costs one watch a kind for 100 viewers, and nothing any more once they have left', async () => {
    for (const stream of streams) stream.close();
    // What others before have opened lingers for a moment.
    await until('a silent cluster', async () => (await isSilent()) || undefined, 60_000);
    const startedAt = Date.now();
    const viewers = await Promise.all(Array.from({ length: 100 }, open));
    await Promise.all(viewers.map(shown));
    const watches = await watchesSince(startedAt);
    const counts = new Map<string, number>();
    for (const resource of watches) counts.set(resource, (counts.get(resource) ?? 0) + 1);
    expect([...counts.values()].every((each) => each === 1)).toBe(true);
    expect([...counts.keys()].sort()).toContain('pods');
    expect(counts.size).toBeLessThanOrEqual(14);

    for (const viewer of viewers) viewer.close();
    // A watch that ends is written down as well: what is silent for five seconds has none open.
    await until('a silent cluster', async () => (await isSilent()) || undefined, 60_000);
  }, 120_000);

  it('says that the cluster is out of sight, and goes on without a gap once it is back', async () => {
    const stream = await open();
    await shown(stream);
    proxy.network.cut();
    await until('the interruption', () => stream.tree().lost, 60_000);
    proxy.network.mend();
    await until('the resumption', () => (stream.seen.has('resumed') ? true : undefined), 60_000);
    expect(byId(stream.tree().nodes())).toEqual(await toldByKubectl());
    stream.close();
  }, 150_000);

  it('looks at the namespace alone where its credential sees no more, and names what it does not see', async () => {
    const account = await seedAccount(test.cluster, test.namespace);
    const { name } = test.namespace;
    const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${name}`;
    const resources = ['pods', 'services', 'deployments', 'replicasets', 'statefulsets'];
    await test.cluster.api.post(`${rbac}/roles`, {
      metadata: { name: 'looker' },
      rules: [{ apiGroups: ['', 'apps'], resources, verbs: ['get', 'list', 'watch'] }],
    });
    await test.cluster.api.post(`${rbac}/rolebindings`, {
      metadata: { name: 'looker' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'looker' },
      subjects: [{ kind: 'ServiceAccount', name: 'ushadow', namespace: name }],
    });
    const { users } = parse(account.kubeconfig) as { users: unknown };
    const kubeconfig = stringify({ ...(parse(proxy.kubeconfig) as object), users });
    const { cluster_id } = test.registered;
    await test.client.replaceCredential({ cluster_id, kubeconfig: Buffer.from(kubeconfig).toString('base64') });
    await until('a silent cluster', async () => (await isSilent()) || undefined, 60_000);
    const tree = await test.client.getStackTree({ stack_id });
    expect(tree.nodes.filter(({ type }) => type === 'pod').length).toBeGreaterThan(0);
    expect(tree.nodes.find(({ id }) => id === 'service:web')).toMatchObject({ type: 'service' });
    const unseen = tree.unseen.map(({ kind }) => kind);
    expect(unseen).toEqual(expect.arrayContaining(['Event', 'PersistentVolumeClaim', 'Job', 'EndpointSlice']));
    for (const kind of ['Pod', 'Deployment', 'ReplicaSet', 'Service']) expect(unseen).not.toContain(kind);
    await account.remove();
  }, 150_000);

  /** Requests that operations-service has made, by the API server's own log. */
  async function callsOfOperations() {
    const audit = (await test.cluster.audit()) ?? [];
    return audit.filter(({ userAgent }) => userAgent?.startsWith('ushadow-operations') === true);
  }

  /** Nothing is asked, and nothing that was asked goes on. */
  async function isSilent(): Promise<boolean> {
    const before = (await callsOfOperations()).length;
    await pause(5_000);
    const calls = await callsOfOperations();
    const stages = new Map<string, number>();
    for (const { verb, requestURI, requestReceivedTimestamp } of calls) {
      const key = `${requestReceivedTimestamp} ${requestURI}`;
      if (verb === 'watch') stages.set(key, (stages.get(key) ?? 0) + 1);
    }
    return calls.length === before && [...stages.values()].every((each) => each > 1);
  }

  /** The resource of each watch; a watch is written down when it begins, and again when it ends. */
  async function watchesSince(startedAt: number): Promise<string[]> {
    const watches = (await callsOfOperations()).filter(
      ({ verb, requestReceivedTimestamp }) => verb === 'watch' && Date.parse(requestReceivedTimestamp) >= startedAt,
    );
    const begun = new Map(
      watches.map(({ requestURI, requestReceivedTimestamp, objectRef }) => [
        `${requestReceivedTimestamp} ${requestURI}`,
        `${objectRef?.resource ?? ''} ${new URL(requestURI, 'https://x').pathname}`,
      ]),
    );
    return [...begun.values()].map((text) => text.split(' ')[0] ?? '');
  }

  /** Gives how many changes the API server has made. */
  async function changeAtRandom(seen: () => readonly TreeNodeData[]): Promise<number> {
    const { api } = test.cluster;
    const namespace = test.namespace.name;
    const random = new SeededRandom(2_026);
    const foreign = new Set<string>();
    const labels = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'team' };
    const remove = async (base: string, resource: string, name: string | undefined): Promise<boolean> =>
      name !== undefined && (await api.delete(`${base}/namespaces/${namespace}/${resource}/${name}`)).status === 200;
    const one = (names: readonly string[]) => (names.length > 0 ? random.pick(names) : undefined);
    const named = (type: TreeNodeData['type']) =>
      one(seen().flatMap((node) => (node.type === type ? [node.name] : [])));
    const patch = async (kind: 'Deployment' | 'StatefulSet', name: string, spec: object, manager: string) => {
      const object = { apiVersion: 'apps/v1', kind, metadata: { name, namespace }, spec };
      await api.apply(pathOf(namespace, `${kind.toLowerCase()}s`, name), object, manager);
      return true;
    };
    const change = async (index: number): Promise<boolean> => {
      const name = random.pick(['api', 'web', 'worker']);
      switch (random.between(0, 8)) {
        case 0:
        case 1:
          return patch('Deployment', name, { replicas: random.between(0, 4) }, 'random');
        case 2:
          return patch(
            'Deployment',
            name,
            { template: { metadata: { annotations: { turn: String(index) } } } },
            'turns',
          );
        case 3:
        case 4:
          return remove('/api/v1', 'pods', named('pod'));
        case 5:
          return remove('/apis/apps/v1', 'replicasets', named('replica-set'));
        case 6:
          return patch('StatefulSet', 'db', { replicas: random.between(0, 3) }, 'random');
        case 7: {
          const metadata = { name: `${FOREIGN}${String(index)}`, labels };
          foreign.add(metadata.name);
          const spec = { containers: [{ name: 'web', image: 'theirs:1' }] };
          return (await api.post(`/api/v1/namespaces/${namespace}/pods`, { metadata, spec })).status === 201;
        }
        default: {
          const theirs = one([...foreign]);
          foreign.delete(theirs ?? '');
          return remove('/api/v1', 'pods', theirs);
        }
      }
    };
    let next = 0;
    let made = 0;
    const worker = async (): Promise<void> => {
      for (let index = next++; index < CHANGES; index = next++) if (await change(index)) made += 1;
    };
    await Promise.all(Array.from({ length: 4 }, worker));
    return made;
  }
});
