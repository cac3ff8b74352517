import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { objectId, valueAt } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { makeBound } from './testing/bound-claim.ts';
import { image } from './testing/objects.ts';
import { testConnection, uniqueName } from './testing/run-deployment.ts';
import { actionsOf, contentOf, transition, without } from './testing/transition.ts';

jest.setTimeout(120_000);

const cluster = new KubernetesTransport(testConnection());
const namespace = uniqueName('fields');
/** Where what is wanted can be asked for as new. */
const elsewhere = `${namespace}-new`;
const fieldManager = 'test';
const space = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const classes = ['fixed', 'growing'].map((kind): KubeObject => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: `${namespace}-${kind}` },
  provisioner: 'kubernetes.io/no-provisioner',
  allowVolumeExpansion: kind === 'growing',
}));
const volumes = classes.flatMap(({ metadata }) =>
  Array.from({ length: 20 }, (_, index): KubeObject => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `${metadata.name}-${index}` },
    spec: {
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
      storageClassName: metadata.name,
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: `/tmp/${metadata.name}-${index}` },
    },
  })),
);

beforeAll(async () => {
  for (const object of [space(namespace), space(elsewhere), ...classes, ...volumes])
    await cluster.apply(object, { fieldManager });
});

afterAll(async () => {
  for (const object of [space(namespace), space(elsewhere)]) await cluster.delete(objectId(object));
  for (const object of [...volumes, ...classes]) await cluster.delete(objectId(object));
  await cluster.close();
});

type Fields = Readonly<Record<string, unknown>>;

function object(apiVersion: string, kind: string, fields: Fields): (name: string) => KubeObject {
  return (name) =>
    ({ apiVersion, kind, metadata: { name, namespace, labels: { app: name } }, ...fields }) as KubeObject;
}

const labels = { app: 'x' };
const template = (tag = '1', of: Fields = labels, more: Fields = {}) => ({
  metadata: { labels: of },
  spec: { containers: [{ name: 'main', image: `${image}${tag}` }], ...more },
});
const running = (kind: string, spec: Fields = {}, of: Fields = labels) =>
  object('apps/v1', kind, { spec: { selector: { matchLabels: of }, template: template('1', of), ...spec } });
const deployment = (spec: Fields = {}, of?: Fields) => running('Deployment', { replicas: 1, ...spec }, of);
const set = (spec: Fields = {}, of?: Fields) => running('StatefulSet', { replicas: 1, serviceName: 'x', ...spec }, of);
const job = (tag: string) =>
  object('batch/v1', 'Job', { spec: { template: template(tag, labels, { restartPolicy: 'Never' }) } });
const cronJob = (schedule: string, tag = '1') =>
  object('batch/v1', 'CronJob', {
    spec: { schedule, jobTemplate: { spec: { template: template(tag, labels, { restartPolicy: 'Never' }) } } },
  });
const claimTemplate = (name: string, storage = '1Gi') => ({
  metadata: { name },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: `${namespace}-fixed`,
    resources: { requests: { storage } },
  },
});
const secret = (fields: Fields) => object('v1', 'Secret', fields);
const config = (fields: Fields) => object('v1', 'ConfigMap', fields);
const ingress = (ingressClassName?: string) =>
  object('networking.k8s.io/v1', 'Ingress', {
    spec: {
      ...(ingressClassName === undefined ? {} : { ingressClassName }),
      defaultBackend: { service: { name: 's', port: { number: 80 } } },
    },
  });
const scaler = (kind: string) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind, name: 'x' }, minReplicas: 1, maxReplicas: 2 },
  });
const budget = (of: Fields) =>
  object('policy/v1', 'PodDisruptionBudget', { spec: { maxUnavailable: 1, selector: { matchLabels: of } } });
const policy = (spec: Fields) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ...spec } });
const binding = (name: string) =>
  object('rbac.authorization.k8s.io/v1', 'RoleBinding', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: 'x', namespace }],
  });
const account = (fields: Fields) => object('v1', 'ServiceAccount', fields);
const password = { stringData: { password: 'a' } };
const dockerConfig = { type: 'kubernetes.io/dockerconfigjson', stringData: { '.dockerconfigjson': '{"auths":{}}' } };
const rolling = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };

type Form = (name: string) => KubeObject;
const UPDATES: readonly (readonly [what: string, from: Form, to: Form])[] = [
  [
    'bounds of a rolling Deployment to Recreate',
    deployment({ strategy: rolling }),
    deployment({ strategy: { type: 'Recreate' } }),
  ],
  ['Recreate to no said strategy', deployment({ strategy: { type: 'Recreate' } }), deployment()],
  ['the image of a Deployment', deployment(), deployment({ template: template('2') })],
  [
    'labels of pods beside the selector',
    deployment(),
    deployment({ template: template('1', { ...labels, tier: 'b' }) }),
  ],
  ['replicas of a StatefulSet', set(), set({ replicas: 2 })],
  ['a schedule', cronJob('0 0 1 1 *'), cronJob('0 0 2 1 *')],
  ['what is scheduled', cronJob('0 0 1 1 *'), cronJob('0 0 1 1 *', '2')],
  ['content of a Secret', secret(password), secret({ stringData: { password: 'b' } })],
  ['a ConfigMap that becomes immutable', config({ data: { a: '1' } }), config({ data: { a: '1' }, immutable: true })],
  ['a ServiceAccount', account({}), account({ automountServiceAccountToken: false })],
  ['the class of an Ingress', ingress('a'), ingress('b')],
  ['an Ingress that has no class any more', ingress('a'), ingress()],
  ['what an autoscaler scales', scaler('Deployment'), scaler('StatefulSet')],
  ['the pods of a disruption budget', budget({ app: 'x' }), budget({ app: 'x', tier: 'b' })],
  [
    'a network policy',
    policy({ policyTypes: ['Ingress'] }),
    policy({ policyTypes: ['Ingress', 'Egress'], egress: [{}] }),
  ],
];
const RECREATIONS: readonly (readonly [what: string, from: Form, to: Form])[] = [
  ['selector of a Deployment', deployment(), deployment({}, { app: 'x', tier: 'b' })],
  ['selector of a DaemonSet', running('DaemonSet'), running('DaemonSet', {}, { app: 'x', tier: 'b' })],
  ['selector of a StatefulSet', set(), set({}, { app: 'y' })],
  ['service of a StatefulSet', set(), set({ serviceName: 'y' })],
  ['order of a StatefulSet', set(), set({ podManagementPolicy: 'Parallel' })],
  [
    'claims of a StatefulSet',
    set({ volumeClaimTemplates: [claimTemplate('a')] }),
    set({ volumeClaimTemplates: [claimTemplate('a', '2Gi'), claimTemplate('b')] }),
  ],
  ['no more claims of a StatefulSet', set({ volumeClaimTemplates: [claimTemplate('a')] }), set()],
  ['type of a Secret', secret(password), secret(dockerConfig)],
  [
    'content of an immutable Secret',
    secret({ ...password, immutable: true }),
    secret({ stringData: { password: 'b' }, immutable: true }),
  ],
  [
    'content of an immutable ConfigMap',
    config({ data: { a: '1' }, immutable: true }),
    config({ data: { a: '2' }, immutable: true }),
  ],
  [
    'a ConfigMap that is immutable no more',
    config({ data: { a: '1' }, immutable: true }),
    config({ data: { a: '1' } }),
  ],
  ['role of a binding', binding('a'), binding('b')],
  ['template of a Job', job('1'), job('2')],
];

const nameOf = (what: string): string => what.toLowerCase().replaceAll(/[^a-z]+/g, '-');

async function live(form: KubeObject): Promise<KubeObject | undefined> {
  return cluster.get(objectId(form));
}

/** As the server would make it where there is nothing of that name. */
async function asNew(form: KubeObject): Promise<KubeObject> {
  const metadata = { ...form.metadata, namespace: elsewhere };
  return (await cluster.create({ ...form, metadata }, { fieldManager, dryRun: true })).object;
}

/** What the server, or a controller, adds to some. */
const ADDED = ['controller-uid', 'batch.kubernetes.io/controller-uid', 'secrets', 'deployment.kubernetes.io/revision'];

describe('fields that can be changed', () => {
  it.each(UPDATES)('%s: the object becomes as if it had been made so', async (what, from, to) => {
    const name = nameOf(what);
    const { before, plan, result, again } = await transition([from(name)], [to(name)], cluster);
    expect(actionsOf(plan)).toEqual([`update ${to(name).kind}/${name}`]);
    expect(result).toMatchObject({ verdict: 'succeeded', changes: [{ outcome: 'configured' }] });
    expect(actionsOf(again)).toEqual([]);
    const made = await live(to(name));
    expect(made?.metadata.uid).toBe(before.inventory[0]?.uid);
    expect(without(contentOf(made), ADDED)).toEqual(without(contentOf(await asNew(to(name))), ADDED));
  });

  it('a number of replicas that somebody else is to decide stays as it is, and then is theirs', async () => {
    const three = deployment({ replicas: 3 })('scaled');
    const { replicas: _number, ...spec } = three['spec'] as JsonObject;
    const free: KubeObject = { ...three, spec };
    const { plan, result, again } = await transition([three], [free], cluster);
    expect([actionsOf(plan), result.verdict, actionsOf(again)]).toEqual([[], 'succeeded', []]);
    expect(valueAt(await live(free), ['spec', 'replicas'])).toBe(3);
    const scaled = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'scaled', namespace } };
    await cluster.apply({ ...scaled, spec: { replicas: 2 } }, { fieldManager: 'scaler', force: true });
    const next = { ...free, spec: { ...spec, template: template('2') as unknown as JsonObject } };
    expect((await transition([free], [next], cluster)).result.verdict).toBe('succeeded');
    expect(valueAt(await live(free), ['spec', 'replicas'])).toBe(2);
  });
});

describe('fields that cannot be changed', () => {
  it.each(RECREATIONS)(
    '%s: the object is made anew, nothing is left over and no claim is touched',
    async (what, from, to) => {
      const name = nameOf(what);
      const pods = { group: '', version: 'v1', kind: 'Pod', namespace };
      const { before, plan, result, again } = await transition([from(name)], [to(name)], cluster, { recreate: 'all' });
      expect(actionsOf(plan)).toEqual([`recreate ${to(name).kind}/${name}`]);
      expect(plan.entries[0]?.warnings).toHaveLength(1);
      expect(result).toMatchObject({
        verdict: 'succeeded',
        changes: expect.arrayContaining([expect.objectContaining({ outcome: 'recreated' })]),
      });
      expect(actionsOf(again)).toEqual([]);
      const made = await live(to(name));
      const uids = new Set(before.inventory.map(({ uid }) => uid));
      expect(uids.has(made?.metadata.uid ?? '')).toBe(false);
      const [is, would] = [made, await asNew(to(name))].map((each) =>
        without(contentOf(each), [...ADDED, 'selector', 'labels']),
      );
      expect(is).toEqual(would);
      const owned = (await cluster.list(pods)).items.filter(({ metadata }) => metadata.name.startsWith(`${name}-`));
      expect(owned.filter(({ metadata }) => uids.has(metadata.ownerReferences?.[0]?.uid ?? ''))).toEqual([]);
      for (const { object, uid } of before.inventory.filter((entry) => entry.object.kind === 'PersistentVolumeClaim'))
        expect((await cluster.get(object))?.metadata).toMatchObject({ uid });
    },
  );

  it.each(RECREATIONS.filter(([, from]) => from('x').kind !== 'Job'))(
    '%s: refused, with nothing written, unless it was allowed',
    async (what, from, to) => {
      const name = `${nameOf(what)}-no`;
      const { before, result } = await transition([from(name)], [to(name)], cluster);
      expect(result).toMatchObject({ verdict: 'failed', failure: { code: 'FIELD_IMMUTABLE', object: { name } } });
      expect((await live(from(name)))?.metadata.uid).toBe(before.inventory[0]?.uid);
    },
  );
});

describe('a claim', () => {
  const claim = (spec: Fields, kind = 'fixed', storage = '2Gi'): Form =>
    object('v1', 'PersistentVolumeClaim', {
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: `${namespace}-${kind}`,
        resources: { requests: { storage } },
        ...spec,
      },
    });
  const there = claim({});
  const KEPT: readonly (readonly [what: string, to: Form, field: string])[] = [
    ['fewer bytes', claim({}, 'fixed', '1Gi'), 'resources.requests.storage'],
    ['more bytes than its class gives', claim({}, 'fixed', '5Gi'), 'resources.requests.storage'],
    ['another class', claim({}, 'growing'), 'storageClassName'],
    ['another mode', claim({ accessModes: ['ReadWriteMany'] }), 'accessModes'],
    ['a selector', claim({ selector: { matchLabels: { a: 'b' } } }), 'selector'],
    ['a certain volume', claim({ volumeName: 'other' }), 'volumeName'],
  ];

  it.each(KEPT)('of which %s is wanted stays as it is, and the plan says what to do', async (what, to, field) => {
    const name = nameOf(what);
    await makeBound(there(name), cluster);
    const { before, plan, result, again } = await transition([there(name)], [to(name)], cluster, { recreate: 'all' });
    const said = [expect.stringMatching(new RegExp(`^spec\\.${field} stays .* delete the claim by name`))];
    expect(plan.problems).toEqual([]);
    expect(plan.entries).toMatchObject([{ warnings: said }]);
    expect(result.verdict).toBe('succeeded');
    expect(again.entries).toMatchObject([{ action: 'unchanged', warnings: said }]);
    const kept = await live(to(name));
    expect(kept?.metadata.uid).toBe(before.inventory[0]?.uid);
    expect(kept?.['spec']).toMatchObject(there(name)['spec'] as object);
  });

  it('grows where its class lets it', async () => {
    const [from, to] = [claim({}, 'growing')('grown'), claim({}, 'growing', '5Gi')('grown')];
    await makeBound(from, cluster);
    const { plan, result, again } = await transition([from], [to], cluster);
    expect(actionsOf(plan)).toEqual(['update PersistentVolumeClaim/grown']);
    expect(plan.entries[0]?.changes).toMatchObject([{ path: 'spec.resources.requests.storage', after: '"5Gi"' }]);
    expect([result.verdict, actionsOf(again)]).toEqual(['succeeded', []]);
  });

  it('gets new labels although the rest of it cannot be changed', async () => {
    const wanted = claim({}, 'growing')('labelled');
    const labelled = { ...wanted, metadata: { ...wanted.metadata, labels: { app: 'other' } } };
    await makeBound(there('labelled'), cluster);
    const { plan, result } = await transition([there('labelled')], [labelled], cluster);
    expect(plan.entries).toMatchObject([{ action: 'update', changes: [{ path: 'metadata.labels.app' }] }]);
    expect(result.verdict).toBe('succeeded');
  });
});
