import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { ApplyOptions, KubeObject } from '@ushadow/kubernetes';
import { objectId, valueAt } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import type { ClusterPort } from '../src/index.ts';
import { planDeployment } from '../src/index.ts';
import { deployment } from './testing/objects.ts';
import { run, testConnection, uniqueName } from './testing/run-deployment.ts';

jest.setTimeout(60_000);

const cluster = new KubernetesTransport(testConnection());
const fieldManager = 'admin';
const namespaces: string[] = [];
const made: KubeObject[] = [];
const newNamespace = async (): Promise<string> => {
  const name = uniqueName('storage');
  namespaces.push(name);
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager });
  return name;
};

afterAll(async () => {
  for (const name of namespaces) await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name });
  for (const object of made) await cluster.delete(objectId(object));
  await cluster.close();
});

interface ClaimRequest {
  readonly size?: string;
  readonly isDefault?: boolean;
  readonly storageClassName?: string;
  readonly volumeName?: string;
}

/** As the compiler writes it: a size that nobody asked for says so. */
function claim(namespace: string, { size = '1Gi', isDefault = true, ...spec }: ClaimRequest = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace, annotations: isDefault ? { 'ushadow.io/default-size': size } : {} },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } }, ...spec },
  };
}

const read = async (namespace: string): Promise<KubeObject | undefined> => cluster.get(objectId(claim(namespace)));
const sizeOf = async (namespace: string) =>
  valueAt(await read(namespace), ['spec', 'resources', 'requests', 'storage']);

/** A claim that has its volume, of a class whose volumes can grow. */
async function boundClaim(namespace: string): Promise<ClaimRequest> {
  const name = `${namespace}-class`;
  const storageClass: KubeObject = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'example.com/none',
    allowVolumeExpansion: true,
  };
  const volume: KubeObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `${namespace}-volume` },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: name,
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: '/nowhere' },
    },
  };
  for (const object of [storageClass, volume]) await cluster.apply(object, { fieldManager });
  made.push(storageClass, volume);
  const request = { storageClassName: name, volumeName: volume.metadata.name };
  const { result } = await run([claim(namespace, request)], cluster);
  expect(result.verdict).toBe('succeeded');
  while (valueAt(await read(namespace), ['status', 'phase']) !== 'Bound') continue;
  return request;
}

describe('a claim that is there', () => {
  it('keeps its size when the default changes, whether its volume is there or not', async () => {
    const namespace = await newNamespace();
    await run([claim(namespace)], cluster);
    for (const size of ['5Gi', '512Mi']) {
      const { result } = await run([claim(namespace, { size })], cluster);
      expect(result.verdict).toBe('succeeded');
      expect(await sizeOf(namespace)).toBe('1Gi');
    }
    expect((await run([claim(namespace, { size: '512Mi' })], cluster)).result.changes).toMatchObject([
      { outcome: 'unchanged' },
    ]);
  });

  it('keeps its size when the default changes, though it could grow, and grows when that is asked for', async () => {
    const namespace = await newNamespace();
    const request = await boundClaim(namespace);
    expect((await run([claim(namespace, { ...request, size: '5Gi' })], cluster)).result.verdict).toBe('succeeded');
    expect(await sizeOf(namespace)).toBe('1Gi');
    const asked = claim(namespace, { ...request, size: '5Gi', isDefault: false });
    expect((await planDeployment({ objects: [asked], dependencies: [] }, cluster)).problems).toEqual([]);
    await run([asked], cluster, { deadlineMs: 3_000, rollBackFailures: false });
    expect(await sizeOf(namespace)).toBe('5Gi');
  });

  it('keeps its class and does not shrink, and the plan says both', async () => {
    const namespace = await newNamespace();
    await run([claim(namespace, { size: '2Gi', isDefault: false, storageClassName: 'slow' })], cluster);
    const wanted = claim(namespace, { size: '1Gi', isDefault: false, storageClassName: 'fast' });
    const plan = await planDeployment({ objects: [wanted], dependencies: [] }, cluster);
    expect(plan.problems).toEqual([]);
    expect(plan.entries[0]?.warnings).toEqual([
      expect.stringContaining('storageClassName stays slow and does not become fast'),
      expect.stringContaining('storage stays 2Gi and does not become 1Gi'),
    ]);
    const { result } = await run([wanted], cluster);
    expect(result.verdict).toBe('succeeded');
    expect((await read(namespace))?.['spec']).toMatchObject({
      storageClassName: 'slow',
      resources: { requests: { storage: '2Gi' } },
    });
    expect((await run([wanted], cluster)).result.changes).toMatchObject([{ outcome: 'unchanged' }]);
  });

  it('that cannot grow as asked stays as it is, and the plan says so', async () => {
    const namespace = await newNamespace();
    await run([claim(namespace)], cluster);
    const wanted = claim(namespace, { size: '5Gi', isDefault: false });
    const plan = await planDeployment({ objects: [wanted], dependencies: [] }, cluster);
    expect(plan.entries[0]?.warnings).toEqual([expect.stringContaining('storage stays 1Gi and does not become 5Gi')]);
    expect((await run([wanted], cluster)).result.verdict).toBe('succeeded');
    expect(await sizeOf(namespace)).toBe('1Gi');
  });

  it('of a StatefulSet keeps what its template says when the default changes', async () => {
    const namespace = await newNamespace();
    const set = (size: string): KubeObject => {
      const { namespace: _, ...metadata } = claim(namespace, { size }).metadata;
      const template = { ...claim(namespace, { size }), metadata };
      return {
        ...deployment(namespace, 'db', {}, { replicas: 0, serviceName: 'db', volumeClaimTemplates: [template] }),
        kind: 'StatefulSet',
      };
    };
    expect((await run([set('1Gi')], cluster)).result.verdict).toBe('succeeded');
    expect((await run([set('5Gi')], cluster)).result).toMatchObject({
      verdict: 'succeeded',
      changes: [{ outcome: 'unchanged' }],
    });
  });
});

describe('what pods name and nobody has made', () => {
  const using = (namespace: string, reference: object, spec: Record<string, unknown> = {}): KubeObject =>
    deployment(namespace, 'web', { volumes: [{ name: 'v', ...reference }], ...spec });

  it.each([
    ['a claim', { persistentVolumeClaim: { claimName: 'gone' } }, {}, 'CLAIM_MISSING', 'PersistentVolumeClaim "gone"'],
    ['a Secret', { secret: { secretName: 'gone' } }, {}, 'CONFIG_REF_MISSING', 'Secret "gone"'],
    [
      'a ConfigMap',
      { projected: { sources: [{ configMap: { name: 'gone' } }] } },
      {},
      'CONFIG_REF_MISSING',
      'ConfigMap "gone"',
    ],
    [
      'a ServiceAccount',
      { emptyDir: {} },
      { serviceAccountName: 'gone' },
      'SERVICE_ACCOUNT_MISSING',
      'ServiceAccount "gone"',
    ],
  ])('%s is a problem of the plan, and nothing is written', async (_, reference, spec, code, text) => {
    const namespace = await newNamespace();
    const objects = [using(namespace, reference, spec), claim(namespace)];
    const plan = await planDeployment({ objects, dependencies: [] }, cluster);
    expect(plan.problems).toMatchObject([{ code, message: expect.stringContaining(text), object: { name: 'web' } }]);
    const { result } = await run(objects, cluster);
    expect(result).toMatchObject({ verdict: 'failed', failure: { code } });
    expect(await read(namespace)).toBeUndefined();
  });

  it('a key that the object lacks is one, an optional reference and one that is brought along are none', async () => {
    const namespace = await newNamespace();
    const config: KubeObject = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', namespace },
      data: { a: '1' },
    };
    await cluster.apply(config, { fieldManager });
    const plan = async (reference: object, ...more: KubeObject[]) =>
      planDeployment({ objects: [using(namespace, reference), ...more], dependencies: [] }, cluster);
    const items = [{ key: 'b', path: 'b' }];
    const lacking = await plan({ configMap: { name: 'c', items } });
    expect(lacking.problems).toMatchObject([{ message: expect.stringContaining('has no key b') }]);
    expect((await plan({ configMap: { name: 'c', items: [{ key: 'a', path: 'a' }] } })).problems).toEqual([]);
    expect((await plan({ secret: { secretName: 'gone', optional: true } })).problems).toEqual([]);
    expect((await plan({ persistentVolumeClaim: { claimName: 'data' } }, claim(namespace))).problems).toEqual([]);
  });

  it('a namespace that is not there yet has none of it, and is not made', async () => {
    const namespace = uniqueName('storage');
    const { result } = await run([using(namespace, { secret: { secretName: 'gone' } })], cluster);
    expect(result).toMatchObject({ verdict: 'failed', failure: { code: 'CONFIG_REF_MISSING' } });
    expect(await cluster.get({ group: '', version: 'v1', kind: 'Namespace', name: namespace })).toBeUndefined();
  });

  it('is a warning where no pod is started anew for it, and for secrets that pull images', async () => {
    const namespace = await newNamespace();
    const config: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace } };
    await cluster.apply(config, { fieldManager });
    const web = using(namespace, { configMap: { name: 'c' } }, { imagePullSecrets: [{ name: 'none' }] });
    const first = await run([web], cluster);
    expect(first.result.verdict).toBe('succeeded');
    expect(first.result.plan?.warnings).toMatchObject([{ message: expect.stringContaining('Secret "none"') }]);
    await cluster.delete(objectId(config));
    const plan = await planDeployment({ objects: [web], dependencies: [] }, cluster);
    expect(plan.problems).toEqual([]);
    expect(plan.warnings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringContaining('ConfigMap "c" does not exist')]),
    );
  });
});

describe('a claim that is bound while it is planned', () => {
  /** Somebody binds the claim after it was read, just before the first dry run. */
  function binding(namespace: string): ClusterPort {
    let isBound = false;
    return new Proxy(cluster, {
      get(target, property) {
        if (property === 'apply')
          return async (object: KubeObject, options: ApplyOptions) => {
            if (!isBound && options.dryRun === true) {
              isBound = true;
              const bound = claim(namespace, { volumeName: `${namespace}-none`, storageClassName: '' });
              const annotations = { 'pv.kubernetes.io/bind-completed': 'yes' };
              const metadata = { name: 'data', namespace, annotations };
              await target.apply({ ...bound, metadata }, { fieldManager: 'binder', force: true });
            }
            return target.apply(object, options);
          };
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  it('is as it was planned: the plan has no change of it, and the hash that was approved', async () => {
    const namespace = await newNamespace();
    const wanted = claim(namespace, { storageClassName: '' });
    await cluster.apply(wanted, { fieldManager: 'ushadow' });
    const state = { objects: [wanted], dependencies: [] };
    const approved = await planDeployment(state, cluster);
    const during = await planDeployment(state, binding(namespace));
    expect(during.entries.map(({ changes }) => changes)).toEqual([[]]);
    expect(during.hash).toBe(approved.hash);
    expect(valueAt(await read(namespace), ['spec', 'volumeName'])).toBe(`${namespace}-none`);
  });
});
