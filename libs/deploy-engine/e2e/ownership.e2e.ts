import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { KubeObject, Owner } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { KubernetesTransport, systemClock } from '@ushadow/kubernetes/transport';
import type { DeployOptions, DeployResult, InventoryEntry } from '../src/index.ts';
import { planDeployment, remove } from '../src/index.ts';
import { configMap, deployment, image, job, secret, service } from './testing/objects.ts';
import { run, testConnection, uniqueName } from './testing/run-deployment.ts';

jest.setTimeout(90_000);

const cluster = new KubernetesTransport(testConnection());
const namespaces: string[] = [];
const newNamespace = async (): Promise<string> => {
  const name = uniqueName('owner');
  namespaces.push(name);
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager: 'test' });
  return name;
};
const live = (object: KubeObject): Promise<KubeObject | undefined> => cluster.get(objectId(object));
const markOf = (object: KubeObject | undefined): string | undefined =>
  object?.metadata.annotations?.['ushadow.io/owner'];
const state = (objects: readonly KubeObject[]) => ({ objects, dependencies: [] });
const owners = (namespace: string): { readonly shop: Owner; readonly notes: Owner } => {
  const shop = { installation: 'here', stack: 's-1', project: 'shop', namespace };
  return { shop, notes: { ...shop, stack: 's-2', project: 'notes' } };
};

afterAll(async () => {
  for (const name of namespaces) await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name });
  await cluster.close();
});

const claim = (namespace: string, name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
});

function statefulSet(namespace: string, name: string, replicas = 1): KubeObject {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } };
  const { spec } = claim(namespace, 'data');
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      serviceName: name,
      selector: { matchLabels: labels },
      template,
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: spec as never }],
    },
  };
}

/** One of each kind that is made of Compose files. */
function everyKind(namespace: string): KubeObject[] {
  const meta = (name: string) => ({ name, namespace });
  const backend = { service: { name: 'web', port: { number: 80 } } };
  return [
    configMap(namespace, 'settings', { a: '1' }),
    secret(namespace, 'keys', { token: 'hush-hush' }),
    deployment(namespace, 'web'),
    statefulSet(namespace, 'db'),
    service(namespace, 'web'),
    claim(namespace, 'files'),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: meta('web'),
      spec: { rules: [{ host: 'web.test', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: meta('web'),
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    },
    job(namespace, 'migrate'),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta('web') },
  ];
}

async function removed(
  inventory: readonly InventoryEntry[],
  options: Pick<DeployOptions, 'owner' | 'confirmDelete'>,
): Promise<DeployResult> {
  const removal = remove(inventory, cluster, { deadlineMs: 30_000, ...options }, { clock: systemClock });
  for (;;) {
    const step = await removal.next();
    if (step.done === true) return step.value;
  }
}

describe('two stacks with the same names on a real API server', () => {
  let namespace = '';
  let inventory: readonly InventoryEntry[] = [];
  beforeAll(async () => {
    namespace = await newNamespace();
    const { result } = await run(everyKind(namespace), cluster, { owner: owners(namespace).shop });
    expect(result).toMatchObject({ verdict: 'succeeded' });
    inventory = result.inventory;
  });

  it('the first has its mark on every object, the claim of a template included, and in no template', async () => {
    const all = [...everyKind(namespace), claim(namespace, 'data-db-0')];
    for (const object of all) {
      const found = await live(object);
      expect([object.kind, JSON.parse(markOf(found) ?? '{}')]).toEqual([object.kind, owners(namespace).shop]);
      expect(JSON.stringify(found?.['spec'] ?? null)).not.toContain('ushadow.io');
    }
    expect(inventory.map(({ object }) => `${object.kind}/${object.name}`)).toEqual(
      expect.arrayContaining(all.map(({ kind, metadata }) => `${kind}/${metadata.name}`)),
    );
    const pods = await cluster.list({ group: '', version: 'v1', kind: 'Pod', namespace });
    expect(pods.items.length).toBeGreaterThan(0);
    expect(pods.items.filter((pod) => markOf(pod) !== undefined)).toEqual([]);
  });

  it('the second is refused by name for each of them, and not a byte of the first changes', async () => {
    const uids = async (): Promise<unknown[]> =>
      Promise.all(
        everyKind(namespace).map(async (object) => {
          const { uid, resourceVersion } = (await live(object))?.metadata ?? {};
          return [object.kind, uid, resourceVersion];
        }),
      );
    const before = await uids();
    const others = everyKind(namespace).map((object) => ({
      ...object,
      metadata: { ...object.metadata, labels: { ...object.metadata.labels, theirs: '1' } },
    }));
    const options = { owner: owners(namespace).notes, recreate: 'all', conflicts: 'take-over' } as const;
    const { result, events } = await run(others, cluster, options);
    expect(result.failure).toMatchObject({ code: 'NAME_TAKEN' });
    expect(result.plan?.problems.map(({ code, object }) => [code, object?.kind]).sort()).toEqual(
      others.map(({ kind }) => ['NAME_TAKEN', kind]).sort(),
    );
    for (const { message } of result.plan?.problems ?? [])
      expect(message).toContain(`stack shop in namespace ${namespace}`);
    expect(events.filter(({ type }) => type === 'object.applied' || type === 'object.deleted')).toEqual([]);
    expect(await uids()).toEqual(before);
  });

  it('the same of the first once more changes nothing', async () => {
    const { result } = await run(everyKind(namespace), cluster, { owner: owners(namespace).shop, inventory });
    expect(new Set(result.changes.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
    expect(result.inventory).toHaveLength(inventory.length);
  });

  it('a removal of the first leaves what has become the second’s, and claims that are not named', async () => {
    const { shop, notes } = owners(namespace);
    const settings = configMap(namespace, 'settings', { a: '2' });
    const taken = {
      ...settings,
      metadata: { ...settings.metadata, annotations: { 'ushadow.io/owner': JSON.stringify(notes) } },
    };
    await cluster.apply(taken, { fieldManager: 'ushadow', force: true });
    const result = await removed(inventory, { owner: shop, confirmDelete: [objectId(claim(namespace, 'data-db-0'))] });
    expect(result.verdict).toBe('succeeded');
    expect((await live(settings))?.['data']).toEqual({ a: '2' });
    expect(result.inventory.map(({ object }) => object.name)).toEqual(['files']);
    expect(await live(claim(namespace, 'data-db-0'))).toBeUndefined();
  });
});

describe('objects of others on a real API server', () => {
  it('of a Helm release are refused, also where they are to be adopted', async () => {
    const namespace = await newNamespace();
    const object = configMap(namespace, 'c', { a: '1' });
    const annotations = { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'apps' };
    await cluster.create({ ...object, metadata: { ...object.metadata, annotations } }, { fieldManager: 'helm' });
    const { result } = await run([object], cluster, { owner: owners(namespace).shop, adopt: [objectId(object)] });
    expect(result.failure).toMatchObject({
      code: 'NAME_TAKEN',
      message: expect.stringContaining('Helm release apps/web'),
    });
  });

  it('made by hand are refused, and adopted by name', async () => {
    const namespace = await newNamespace();
    const { shop: owner } = owners(namespace);
    const object = deployment(namespace, 'web');
    await cluster.create(object, { fieldManager: 'kubectl-create' });
    const refused = await run([object], cluster, { owner });
    expect(refused.result.failure).toMatchObject({
      code: 'NAME_TAKEN',
      remedy: expect.stringContaining('--adopt Deployment/web'),
    });
    const uid = (await live(object))?.metadata.uid;
    const { result, events } = await run([object], cluster, { owner, adopt: [objectId(object)] });
    expect(result).toMatchObject({ verdict: 'succeeded', changes: [{ outcome: 'configured', uid }] });
    expect(events).toContainEqual(expect.objectContaining({ type: 'object.planned', adopts: true }));
    expect(JSON.parse(markOf(await live(object)) ?? '{}')).toEqual(owner);
    const again = await run([object], cluster, { owner });
    expect(again.result.changes).toMatchObject([{ outcome: 'unchanged' }]);
  });

  it('that a controller of theirs has made are not ours', async () => {
    const namespace = await newNamespace();
    await run([deployment(namespace, 'web')], cluster, { owner: owners(namespace).notes });
    const pods = await cluster.list({ group: '', version: 'v1', kind: 'Pod', namespace });
    const spec = { containers: [{ name: 'main', image }] };
    const wanted = pods.items.map(({ metadata: { name } }): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace },
      spec,
    }));
    const { problems } = await planDeployment(state(wanted), cluster, { owner: owners(namespace).shop });
    expect(problems).toMatchObject([
      { code: 'NAME_TAKEN', message: expect.stringContaining('controlled by ReplicaSet/web-') },
    ]);
  });

  it('a claim of theirs is not mounted by a StatefulSet of ours', async () => {
    const namespace = await newNamespace();
    const { shop, notes } = owners(namespace);
    await run([claim(namespace, 'data-db-0')], cluster, { owner: notes });
    const { result } = await run([statefulSet(namespace, 'db')], cluster, { owner: shop });
    expect(result.failure).toMatchObject({ code: 'NAME_TAKEN', object: { name: 'data-db-0' } });
    expect(await live(statefulSet(namespace, 'db'))).toBeUndefined();
  });

  it('a claim of theirs is not mounted by a further pod of one of ours; what it made itself is', async () => {
    const namespace = await newNamespace();
    const { shop: owner, notes } = owners(namespace);
    const { inventory } = (await run([statefulSet(namespace, 'db')], cluster, { owner })).result;
    await run([claim(namespace, 'data-db-1')], cluster, { owner: notes });
    await cluster.create(claim(namespace, 'data-db-2'), { fieldManager: 'kubectl-create' });
    const refused = await run([statefulSet(namespace, 'db', 3)], cluster, { owner, inventory });
    expect(refused.result.failure?.code).toBe('NAME_TAKEN');
    expect(refused.result.causes.map(({ object, message }) => [object.name, message])).toEqual([
      ['data-db-1', expect.stringContaining('stack notes')],
      ['data-db-2', expect.stringContaining('nothing marks it')],
    ]);
    expect((await live(statefulSet(namespace, 'db')))?.['spec']).toMatchObject({ replicas: 1 });
    expect(markOf(await live(claim(namespace, 'data-db-2')))).toBeUndefined();
    for (const name of ['data-db-1', 'data-db-2']) await cluster.delete(objectId(claim(namespace, name)));
    // The controller makes the claim, and nobody gets to mark it.
    for (const replicas of [2, 1]) await run([statefulSet(namespace, 'db', replicas)], cluster, {});
    expect(markOf(await live(claim(namespace, 'data-db-1')))).toBeUndefined();
    const { result } = await run([statefulSet(namespace, 'db', 2)], cluster, { owner, inventory });
    expect(result.verdict).toBe('succeeded');
    expect(JSON.parse(markOf(await live(claim(namespace, 'data-db-1'))) ?? '{}')).toEqual(owner);
  });

  it('what has become theirs since is not pruned', async () => {
    const namespace = await newNamespace();
    const { shop, notes } = owners(namespace);
    const [kept, lost] = [configMap(namespace, 'kept', {}), configMap(namespace, 'lost', { a: '1' })];
    const { inventory } = (await run([kept, lost], cluster, { owner: shop })).result;
    const annotations = { 'ushadow.io/owner': JSON.stringify(notes) };
    await cluster.apply({ ...lost, metadata: { ...lost.metadata, annotations } }, { fieldManager: 'ushadow' });
    const { result, events } = await run([kept], cluster, { owner: shop, inventory });
    expect(result.verdict).toBe('succeeded');
    expect(events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'NAME_TAKEN' }));
    expect((await live(lost))?.['data']).toEqual({ a: '1' });
    expect(result.inventory.map(({ object }) => object.name)).toEqual(['kept']);
  });
});

describe('an apply of what must not be there yet, on a real API server', () => {
  const definition: KubeObject = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'fencedthings.test.ushadow.io' },
    spec: {
      group: 'test.ushadow.io',
      scope: 'Namespaced',
      names: { kind: 'FencedThing', plural: 'fencedthings' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  };

  it('makes each kind, and refuses a second time: the cluster knows no such version', async () => {
    const namespace = await newNamespace();
    const made = await run([definition], cluster);
    expect(made.result.verdict).toBe('succeeded');
    const thing: KubeObject = {
      apiVersion: 'test.ushadow.io/v1',
      kind: 'FencedThing',
      metadata: { name: 't', namespace },
    };
    const role: KubeObject = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'r', namespace },
      rules: [],
    };
    const space: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: uniqueName('owner') } };
    namespaces.push(space.metadata.name);
    for (const object of [...everyKind(namespace), thing, role, space]) {
      const body = { ...object, metadata: { ...object.metadata, resourceVersion: '1' } };
      const { object: first } = await cluster.apply(body, { fieldManager: 'ushadow' });
      expect(first.metadata.uid).toBeDefined();
      const again = cluster.apply(body, { fieldManager: 'ushadow', force: true });
      await expect([object.kind, await again.catch((error: unknown) => error)]).toMatchObject([
        object.kind,
        { httpStatus: 409, reason: 'Conflict' },
      ]);
    }
    await cluster.delete(objectId(definition));
  });

  it('is what a deployment does: an object that came after the plan is left as it is', async () => {
    const namespace = await newNamespace();
    const object = configMap(namespace, 'c', { a: 'ours' });
    let isPlanned = false;
    const late = new Proxy(cluster, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (name !== 'apply') return typeof value === 'function' ? value.bind(target) : value;
        return async (body: KubeObject, options: { dryRun?: boolean; fieldManager: string }) => {
          if (options.dryRun !== true && !isPlanned) {
            isPlanned = true;
            await target.create(configMap(namespace, 'c', { a: 'theirs' }), { fieldManager: 'kubectl' });
          }
          return target.apply(body, options);
        };
      },
    });
    const { result } = await run([object], late, { owner: owners(namespace).shop });
    expect(result.failure).toMatchObject({ code: 'NAME_TAKEN' });
    expect((await live(object))?.['data']).toEqual({ a: 'theirs' });
  });
});
