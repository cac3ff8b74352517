import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { KubernetesTransport, systemClock } from '@ushadow/kubernetes/transport';
import { planDeployment, remove } from '../src/index.ts';
import { configMap, deployment, job, service } from './testing/objects.ts';
import { auditEntries, run, testConnection, uniqueName } from './testing/run-deployment.ts';

jest.setTimeout(60_000);

const cluster = new KubernetesTransport(testConnection());
const namespaces: string[] = [];
const newNamespace = (): string => {
  const name = uniqueName('change');
  namespaces.push(name);
  return name;
};
const claim = (namespace: string, name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
});
const live = (object: KubeObject): Promise<KubeObject | undefined> => cluster.get(objectId(object));

afterAll(async () => {
  for (const name of namespaces) await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name });
  await cluster.close();
});

describe('approved plans', () => {
  it('B1: applies what was approved, and nothing when the cluster has moved since', async () => {
    const namespace = newNamespace();
    await run([configMap(namespace, 'c', { a: '1' })], cluster);
    const wanted = [configMap(namespace, 'c', { a: '2' }), configMap(namespace, 'd', {})];
    const approvedPlan = await planDeployment({ objects: wanted, dependencies: [] }, cluster);
    expect(approvedPlan.entries.map(({ action }) => action)).toEqual(['update', 'create']);

    await cluster.apply(configMap(namespace, 'c', { a: '9' }), { fieldManager: 'ushadow' });
    const stale = await run(wanted, cluster, { approvedPlan });
    expect(stale.result).toMatchObject({ verdict: 'failed', failure: { code: 'PLAN_STALE', object: { name: 'c' } } });
    expect((await live(configMap(namespace, 'c', {})))?.['data']).toEqual({ a: '9' });
    expect(await live(configMap(namespace, 'd', {}))).toBeUndefined();

    const fresh = await planDeployment({ objects: wanted, dependencies: [] }, cluster);
    expect((await run(wanted, cluster, { approvedPlan: fresh })).result.verdict).toBe('succeeded');
  });

  it('are not made stale by status updates alone', async () => {
    const namespace = newNamespace();
    await run([deployment(namespace, 'web')], cluster);
    const wanted = [deployment(namespace, 'web', {}, { replicas: 2 })];
    const approvedPlan = await planDeployment({ objects: wanted, dependencies: [] }, cluster);
    const before = (await live(deployment(namespace, 'web')))?.metadata.resourceVersion;
    const pods = await cluster.list({ group: '', version: 'v1', kind: 'Pod', namespace });
    for (const pod of pods.items) await cluster.delete(objectId(pod));
    while ((await live(deployment(namespace, 'web')))?.metadata.resourceVersion === before) continue;
    expect((await run(wanted, cluster, { approvedPlan })).result.verdict).toBe('succeeded');
  });
});

describe('a Deployment that owns its strategy', () => {
  it('is updated from rolling updates to Recreate, and back', async () => {
    const namespace = newNamespace();
    const rollingUpdate = { maxSurge: '25%', maxUnavailable: '25%' };
    const plain = deployment(namespace, 'web', {}, { strategy: { type: 'RollingUpdate', rollingUpdate } });
    await run([plain], cluster);
    const stored = deployment(namespace, 'web', {}, { strategy: { type: 'Recreate' } });
    const second = await run([stored], cluster);
    expect(second.result).toMatchObject({ verdict: 'succeeded', changes: [{ outcome: 'configured' }] });
    expect((await live(plain))?.['spec']).toMatchObject({ strategy: { type: 'Recreate' } });
    expect((await run([stored], cluster)).result.changes).toMatchObject([{ outcome: 'unchanged' }]);
    expect((await run([plain], cluster)).result.verdict).toBe('succeeded');
    expect((await live(plain))?.['spec']).toMatchObject({ strategy: { type: 'RollingUpdate' } });
  });
});

describe('prune', () => {
  it('deletes what is no longer wanted after success, by uid; never a claim without an explicit yes', async () => {
    const namespace = newNamespace();
    const first = await run(
      [configMap(namespace, 'a', {}), configMap(namespace, 'b', {}), claim(namespace, 'data')],
      cluster,
    );
    const { inventory } = first.result;
    const second = await run([configMap(namespace, 'a', {})], cluster, { inventory });
    expect(second.result.changes).toContainEqual(
      expect.objectContaining({ object: objectId(configMap(namespace, 'b', {})), outcome: 'deleted' }),
    );
    expect(second.events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'PRUNE_REFUSED' }));
    expect(await live(configMap(namespace, 'b', {}))).toBeUndefined();
    expect(await live(claim(namespace, 'data'))).toBeDefined();
    expect(second.result.inventory.map(({ object }) => object.name).sort()).toEqual(['a', 'data']);
    const deletes = auditEntries(namespace).filter(({ verb }) => verb === 'delete');
    expect(deletes.map(({ objectRef }) => objectRef?.name)).toEqual(['b']);
  });

  it('leaves alone what somebody has made anew under the same name, and what asks to be kept', async () => {
    const namespace = newNamespace();
    const kept = { ...configMap(namespace, 'k', {}) };
    const marked = { ...kept, metadata: { ...kept.metadata, annotations: { 'ushadow.io/keep': 'true' } } };
    const { result } = await run([configMap(namespace, 'a', {}), configMap(namespace, 'b', {}), marked], cluster);
    await cluster.delete(objectId(configMap(namespace, 'b', {})));
    await cluster.apply(configMap(namespace, 'b', { theirs: '1' }), { fieldManager: 'somebody' });
    await run([configMap(namespace, 'a', {})], cluster, { inventory: result.inventory });
    expect((await live(configMap(namespace, 'b', {})))?.['data']).toEqual({ theirs: '1' });
    expect(await live(marked)).toBeDefined();
  });

  it('M13: removal takes everything owned except claims', async () => {
    const namespace = newNamespace();
    const objects = [
      deployment(namespace, 'web'),
      configMap(namespace, 'c', {}),
      claim(namespace, 'data'),
      service(namespace, 'web'),
    ];
    const { result } = await run(objects, cluster);
    const removal = remove(result.inventory, cluster, {}, { clock: systemClock });
    for (let step = await removal.next(); ; step = await removal.next()) {
      if (step.done !== true) continue;
      expect(step.value).toMatchObject({ verdict: 'succeeded' });
      expect(step.value.changes).toHaveLength(3);
      expect(step.value.inventory.map(({ object }) => object.kind)).toEqual(['PersistentVolumeClaim']);
      break;
    }
    expect(await live(configMap(namespace, 'c', {}))).toBeUndefined();
  });
});

describe('rollback', () => {
  it('B4: restores every kind of object of the last good state and removes what the failure made', async () => {
    const namespace = newNamespace();
    const good = [deployment(namespace, 'web'), configMap(namespace, 'c', { a: 'good' })];
    await run(good, cluster);
    const bad = [
      deployment(namespace, 'web', { nodeSelector: { no: 'such' } }),
      configMap(namespace, 'c', { a: 'bad' }),
      configMap(namespace, 'new', {}),
      claim(namespace, 'new-data'),
    ];
    const rollbackTo = { objects: good, dependencies: [] };
    const { result, events } = await run(bad, cluster, { deadlineMs: 3_000, rollbackTo });
    expect(result).toMatchObject({
      verdict: 'failed',
      failure: { code: 'UNSCHEDULABLE' },
      rollback: { verdict: 'succeeded' },
    });
    expect((await live(configMap(namespace, 'c', {})))?.['data']).toEqual({ a: 'good' });
    expect(await live(configMap(namespace, 'new', {}))).toBeUndefined();
    expect(await live(claim(namespace, 'new-data'))).toBeDefined();
    const plan = await planDeployment(rollbackTo, cluster);
    expect(plan.entries.map(({ action }) => action)).toEqual(['unchanged', 'unchanged']);
    expect(events.at(-1)).toMatchObject({ type: 'verdict', verdict: 'failed' });
  });

  it('is not made when nothing was written', async () => {
    const namespace = newNamespace();
    const good = [configMap(namespace, 'c', {})];
    await run(good, cluster);
    const { result } = await run([{ ...configMap(namespace, 'c', {}), dtaa: {} }], cluster, {
      rollbackTo: { objects: good, dependencies: [] },
    });
    expect(result.rollback).toBeUndefined();
  });
});

describe('immutable fields', () => {
  const selecting = (namespace: string, tier: string): KubeObject => {
    const labels = { app: 'web', tier };
    const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'i' }] } };
    return deployment(namespace, 'web', {}, { selector: { matchLabels: labels }, template });
  };

  it('are refused before anything is written, unless recreation is allowed; then the plan shows it', async () => {
    const namespace = newNamespace();
    await run([selecting(namespace, 'a')], cluster);
    const before = await live(selecting(namespace, 'a'));
    const refused = await run([selecting(namespace, 'b')], cluster);
    expect(refused.result).toMatchObject({ verdict: 'failed', failure: { code: 'FIELD_IMMUTABLE' } });

    const desired = { objects: [selecting(namespace, 'b')], dependencies: [] };
    const plan = await planDeployment(desired, cluster, { recreate: [objectId(selecting(namespace, 'b'))] });
    expect(plan.entries[0]?.action).toBe('recreate');
    const { result } = await run(desired, cluster, { recreate: 'all' });
    expect(result).toMatchObject({ verdict: 'succeeded', changes: [{ outcome: 'recreated' }] });
    expect((await live(selecting(namespace, 'b')))?.metadata.uid).not.toBe(before?.metadata.uid);
  });

  it('of Jobs are changed by making the Job anew', async () => {
    const namespace = newNamespace();
    await run([job(namespace, 'once')], cluster);
    const changed = job(namespace, 'once');
    const template = {
      metadata: { labels: { app: 'once' } },
      spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'other' }] },
    };
    const { result } = await run([{ ...changed, spec: { template } }], cluster);
    expect(result).toMatchObject({ verdict: 'succeeded', changes: [{ outcome: 'recreated' }] });
  });

  it('FINALIZER_STUCK: names what holds an object that is to be made anew', async () => {
    const namespace = newNamespace();
    await run([selecting(namespace, 'a')], cluster);
    const { apiVersion, kind } = selecting(namespace, 'a');
    const held = (...finalizers: string[]): KubeObject => ({
      ...{ apiVersion, kind },
      metadata: { name: 'web', namespace, finalizers },
    });
    await cluster.apply(held('example.org/hold'), { fieldManager: 'somebody' });
    const { result } = await run([selecting(namespace, 'b')], cluster, { recreate: 'all', deadlineMs: 3_000 });
    expect(result.failure).toMatchObject({ code: 'FINALIZER_STUCK', object: { name: 'web' } });
    expect(result.failure?.message).toContain('example.org/hold');
    await cluster.apply(held(), { fieldManager: 'somebody' });
  });

  it('nothing is deleted when the new object would be refused as well', async () => {
    const namespace = newNamespace();
    await run([selecting(namespace, 'a')], cluster);
    const wrong = selecting(namespace, 'b');
    const selector = { matchLabels: { app: 'web', tier: 'c' } };
    const { result } = await run([{ ...wrong, spec: { ...(wrong['spec'] as object), selector } }], cluster, {
      recreate: 'all',
    });
    expect(result.failure?.code).toBe('MANIFEST_INVALID');
    expect(await live(selecting(namespace, 'a'))).toBeDefined();
  });

  it('an ordinary mistake is never taken for one', async () => {
    const namespace = newNamespace();
    await run([selecting(namespace, 'a')], cluster);
    const wrong = {
      ...selecting(namespace, 'b'),
      spec: { ...(selecting(namespace, 'b')['spec'] as object), replicas: -1 },
    };
    const { result } = await run([wrong], cluster, { recreate: 'all' });
    expect(result.failure?.code).toBe('MANIFEST_INVALID');
    expect(await live(selecting(namespace, 'a'))).toBeDefined();
  });
});

describe('before anything is applied', () => {
  it('pod security that would refuse the pods is found, and nothing is written', async () => {
    const namespace = newNamespace();
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
    await cluster.apply(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
      { fieldManager: 'admin' },
    );
    const { result } = await run([deployment(namespace, 'web'), configMap(namespace, 'c', {})], cluster);
    expect(result).toMatchObject({
      verdict: 'failed',
      failure: {
        code: 'POD_SECURITY_VIOLATED',
        object: { name: 'web' },
        remedy: expect.stringMatching(
          new RegExp(`kubectl label --overwrite namespace ${namespace} pod-security.kubernetes.io/enforce=baseline$`),
        ),
      },
    });
    expect(await live(configMap(namespace, 'c', {}))).toBeUndefined();
  });

  it('the pods of a schedule are tried as well', async () => {
    const namespace = newNamespace();
    const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
    await cluster.apply(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
      { fieldManager: 'admin' },
    );
    const spec = { restartPolicy: 'Never', hostNetwork: true, containers: [{ name: 'c', image: 'x' }] };
    const cronJob: KubeObject = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly', namespace },
      spec: { schedule: '0 0 * * *', jobTemplate: { spec: { template: { spec } } } },
    };
    const { problems } = await planDeployment({ objects: [cronJob], dependencies: [] }, cluster);
    expect(problems).toMatchObject([{ code: 'POD_SECURITY_VIOLATED', object: { kind: 'CronJob' } }]);
  });

  it('warns of a storage class and an ingress class that do not exist', async () => {
    const namespace = newNamespace();
    const ingress: KubeObject = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'i', namespace },
      spec: { ingressClassName: 'none', defaultBackend: { service: { name: 's', port: { number: 80 } } } },
    };
    const slow = {
      ...claim(namespace, 'c'),
      spec: { ...(claim(namespace, 'c')['spec'] as object), storageClassName: 'gold' },
    };
    const plan = await planDeployment({ objects: [ingress, slow], dependencies: [] }, cluster);
    expect(plan.warnings.map(({ code }) => code).sort()).toEqual(['INGRESS_NO_CLASS', 'STORAGE_CLASS_MISSING']);
    expect(plan.newNamespaces).toEqual([namespace]);
  });
});

describe('looking afterwards how a deployment has ended', () => {
  it('distinguishes a part of an object that was written beside the rest from one that was not', async () => {
    const namespace = newNamespace();
    const web = deployment(namespace, 'web');
    await run([web], cluster);
    const { apiVersion, kind } = web;
    const spec = { template: { metadata: { annotations: { mark: 'now' } } } };
    const part: KubeObject = { apiVersion, kind, metadata: { name: 'web', namespace }, spec };
    const look = { manager: 'mark', observeOnly: true, prune: false };
    expect((await run([part], cluster, look)).result).toMatchObject({
      verdict: 'failed',
      failure: { code: 'NOT_APPLIED' },
    });
    expect((await run([part], cluster, { manager: 'mark' })).result.verdict).toBe('succeeded');
    expect((await run([part], cluster, look)).result.verdict).toBe('succeeded');
  });
});
