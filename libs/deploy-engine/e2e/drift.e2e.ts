import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { KubeObject, Owner } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { findDrift, type Drift } from '../src/index.ts';
import { configMap, deployment, secret, service } from './testing/objects.ts';
import { auditEntries, run, testConnection, uniqueName } from './testing/run-deployment.ts';

jest.setTimeout(90_000);

const cluster = new KubernetesTransport(testConnection());
const namespaces: string[] = [];
const newNamespace = async (): Promise<string> => {
  const name = uniqueName('drift');
  namespaces.push(name);
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager: 'test' });
  return name;
};
const ownerOf = (namespace: string): Owner => ({ installation: 'here', stack: 's-1', project: 'shop', namespace });
/** What another client writes: these fields and no others. */
const write = (object: object, fieldManager = 'kubectl-edit') =>
  cluster.apply(object as KubeObject, { fieldManager, force: true });
const found = ({ drifted }: Drift) =>
  drifted.map(({ object, state, fields }) => ({
    ...{ name: `${object.kind}/${object.name}`, state },
    fields: fields.map(({ path, change, wanted, live, manager }) => ({ path, change, wanted, live, manager })),
  }));

afterAll(async () => {
  for (const name of namespaces) await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name });
  await cluster.close();
});

describe('drift of what was applied', () => {
  it('is none right after a deployment, whatever the server has filled in', async () => {
    const namespace = await newNamespace();
    const objects = [
      configMap(namespace, 'settings', { a: '1' }),
      secret(namespace, 'keys', { token: 'hush-hush' }),
      deployment(namespace, 'web', {}, { strategy: { type: 'Recreate' } }),
      service(namespace, 'web'),
    ];
    const owner = ownerOf(namespace);
    await run(objects, cluster, { owner });
    expect(found(await findDrift(objects, cluster, { owner }))).toEqual([]);
  });

  it('is each field that another client has changed or taken away, with its manager and since when', async () => {
    const namespace = await newNamespace();
    const web = deployment(namespace, 'web', {
      containers: [{ name: 'main', image: 'a:1', env: [{ name: 'A', value: '1' }] }],
    });
    const settings = configMap(namespace, 'settings', { a: '1', b: '2' });
    const owner = ownerOf(namespace);
    await run([web, settings], cluster, { owner });
    const { apiVersion, kind, metadata } = web;
    const named = { apiVersion, kind, metadata: { name: metadata.name, namespace } };
    const containers = [{ name: 'main', image: 'a:9', env: [{ name: 'MORE', value: 'x' }] }];
    await write({ ...named, spec: { template: { spec: { containers } } } });
    const live = await cluster.get(objectId(settings));
    await write({ ...settings, metadata: { name: 'settings', namespace }, data: { a: 'theirs' } }, 'kubectl');
    expect(live).toBeDefined();
    const drift = await findDrift([web, settings], cluster, { owner });
    expect(found(drift).sort((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
      {
        ...{ name: 'ConfigMap/settings', state: 'changed' },
        fields: [{ path: 'data.a', change: 'changed', wanted: '"1"', live: '"theirs"', manager: 'kubectl' }],
      },
      {
        ...{ name: 'Deployment/web', state: 'changed' },
        fields: [
          {
            ...{ path: 'spec.template.spec.containers[name=main].image', change: 'changed' },
            ...{ wanted: '"a:1"', live: '"a:9"', manager: 'kubectl-edit' },
          },
        ],
      },
    ]);
    const [field] = drift.drifted.flatMap(({ fields }) => fields);
    expect(Math.abs(Date.now() - Date.parse(field?.since ?? ''))).toBeLessThan(60_000);
  });

  it('is what was deleted, and what has lost the mark of its stack', async () => {
    const namespace = await newNamespace();
    const objects = ['a', 'b', 'c'].map((name) => configMap(namespace, name, { x: '1' }));
    const owner = ownerOf(namespace);
    await run(objects, cluster, { owner });
    const [gone, stripped] = objects;
    await cluster.delete(objectId(gone!));
    await cluster.delete(objectId(stripped!));
    await cluster.apply(stripped!, { fieldManager: 'kubectl' });
    expect(found(await findDrift(objects, cluster, { owner }))).toEqual([
      { name: 'ConfigMap/a', state: 'missing', fields: [] },
      expect.objectContaining({ name: 'ConfigMap/b', state: 'taken' }),
    ]);
  });

  it('tells no value of a Secret, neither ours nor theirs', async () => {
    const namespace = await newNamespace();
    const objects = [secret(namespace, 'keys', { token: 'hush-hush' })];
    const owner = ownerOf(namespace);
    await run(objects, cluster, { owner });
    const data = { token: Buffer.from('another-secret').toString('base64') };
    await write({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace }, data }, 'kubectl');
    const { drifted } = await findDrift(objects, cluster, { owner });
    expect(drifted).toMatchObject([{ fields: [{ path: 'data.token', change: 'changed', manager: 'kubectl' }] }]);
    const text = JSON.stringify(drifted);
    for (const value of ['hush-hush', 'another-secret', data.token]) expect(text).not.toContain(value);
  });

  it('is none that an autoscaler has another number of pods, and that is said beside it', async () => {
    const namespace = await newNamespace();
    const web = deployment(namespace, 'web');
    const owner = ownerOf(namespace);
    await run([web], cluster, { owner });
    const { apiVersion, kind } = web;
    const named = { apiVersion, kind, metadata: { name: 'web', namespace } };
    await write({ ...named, spec: { replicas: 4 } }, 'kube-controller-manager');
    const scaled = await findDrift([web], cluster, { owner });
    expect([found(scaled), scaled.autoscaled.map(({ name }) => name)]).toEqual([[], ['web']]);
    const paused = { ...web, spec: { ...(web.spec as object), paused: true } };
    const both = await findDrift([paused], cluster, { owner });
    expect(both.drifted.flatMap(({ fields }) => fields.map(({ path }) => path))).toEqual(['spec.paused']);
    expect(both.autoscaled).toHaveLength(1);
  });

  it('is none where a write cannot be tried out and nobody else manages what is written in other words', async () => {
    const namespace = await newNamespace();
    const resources = { limits: { cpu: '1000m' } };
    const web = deployment(namespace, 'web', { containers: [{ name: 'main', image: 'a:1', resources }] });
    const owner = ownerOf(namespace);
    await run([web], cluster, { owner });
    expect(found(await findDrift([web], cluster, { owner }))).toEqual([]);
    const webhook = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: namespace },
      webhooks: [
        {
          name: 'away.ushadow.test',
          clientConfig: { url: 'https://127.0.0.1:1/' },
          rules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['deployments'] }],
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          failurePolicy: 'Fail',
          timeoutSeconds: 1,
        },
      ],
    } as unknown as KubeObject;
    const { apiVersion, kind } = web;
    await write({
      ...{ apiVersion, kind, metadata: { name: 'web', namespace } },
      spec: { template: { spec: { containers: [{ name: 'main', image: 'a:1' }] } } },
    });
    await cluster.apply(webhook, { fieldManager: 'test' });
    const impatient = new KubernetesTransport(testConnection(), {
      retryBudget: { totalWaitMs: 500, firstWaitMs: 50, maxWaitMs: 200 },
    });
    try {
      const isRefused = async (): Promise<boolean> =>
        impatient.apply(web, { fieldManager: 'test', force: true, dryRun: true }).then(
          () => false,
          () => true,
        );
      // The API server takes webhooks up a moment later.
      for (const end = Date.now() + 30_000; !(await isRefused()) && Date.now() < end;);
      const drift = await findDrift([web], impatient, { owner });
      expect([found(drift), drift.unseen]).toEqual([[], ['Deployment/web']]);
    } finally {
      await cluster.delete(objectId(webhook));
      await impatient.close();
    }
  });

  it('asks with one list a kind, however many objects there are, and a dry run for those alone that differ', async () => {
    const namespace = await newNamespace();
    const objects = Array.from({ length: 40 }, (_, index) => configMap(namespace, `c${String(index)}`, { x: '1' }));
    const owner = ownerOf(namespace);
    await run(objects, cluster, { owner });
    await write({ ...objects[3], data: { x: '2' } }, 'kubectl');
    const before = auditEntries(namespace).length;
    const { checked, drifted } = await findDrift(objects, cluster, { owner });
    expect([checked, drifted.length]).toEqual([40, 1]);
    const asked = auditEntries(namespace).slice(before);
    const of = (verb: string) => asked.filter((each) => each.verb === verb).map(({ objectRef }) => objectRef?.name);
    expect(of('list')).toHaveLength(1);
    expect([of('get'), new Set(of('patch'))]).toEqual([[], new Set(['c3'])]);
  });
});
