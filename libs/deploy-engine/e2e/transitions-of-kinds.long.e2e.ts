import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ApplyOptions, JsonObject, KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, objectId } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import type { ClusterPort } from '../src/index.ts';
import { makeBound } from './testing/bound-claim.ts';
import { image } from './testing/objects.ts';
import { testConnection, uniqueName } from './testing/run-deployment.ts';
import { actionsOf, inSlots, pairsOf, transition } from './testing/transition.ts';

jest.setTimeout(240_000);

const cluster = new KubernetesTransport(testConnection());
const namespace = uniqueName('kinds');
const fieldManager = 'test';
const VOLUMES = 40;
const className = namespace;

const storageClass: KubeObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: className },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'Immediate',
};
const volumes = Array.from({ length: VOLUMES }, (_, index): KubeObject => {
  const name = `${namespace}-${index}`;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
      storageClassName: className,
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: `/tmp/${name}` },
    },
  };
});

beforeAll(async () => {
  const space: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  for (const object of [space, storageClass, ...volumes]) await cluster.apply(object, { fieldManager });
});

afterAll(async () => {
  await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name: namespace });
  for (const object of [...volumes, storageClass]) await cluster.delete(objectId(object));
  await cluster.close();
});

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const;
type Kind = (typeof KINDS)[number];

function claim(name: string, mode = 'ReadWriteOnce'): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace, labels: { app: name } },
    spec: { accessModes: [mode], storageClassName: className, resources: { requests: { storage: '1Gi' } } },
  };
}

interface Making {
  readonly claimName?: string;
  readonly image?: string;
  readonly strategy?: string;
  /** Of the claim templates of a StatefulSet, which mount `data-{name}-0`. */
  readonly template?: string;
}

/** One service, run by whichever kind. */
function workload(kind: Kind, name: string, made: Making = {}): KubeObject {
  const labels = { app: name };
  const { claimName } = made;
  const mounted = [
    ...(claimName === undefined ? [] : ['data']),
    ...(made.template === undefined ? [] : [made.template]),
  ];
  const restartPolicy = kind === 'Job' || kind === 'CronJob' ? 'Never' : 'Always';
  const podSpec: JsonObject = {
    restartPolicy,
    containers: [
      {
        name: 'main',
        image: made.image ?? image,
        volumeMounts: mounted.map((each) => ({ name: each, mountPath: `/${each}` })),
      },
    ],
    ...(claimName === undefined ? {} : { volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }] }),
  };
  const template = { metadata: { labels }, spec: podSpec };
  const selector = { matchLabels: labels };
  const type = made.strategy ?? (claimName === undefined ? 'RollingUpdate' : 'Recreate');
  const templates = [{ metadata: { name: made.template ?? '', labels }, spec: claim('')['spec'] as JsonObject }];
  const specs: Readonly<Record<Kind, JsonObject>> = {
    Deployment: { replicas: 1, strategy: { type }, selector, template },
    StatefulSet: {
      ...{ replicas: 1, serviceName: name, selector, template },
      ...(made.template === undefined ? {} : { volumeClaimTemplates: templates }),
    },
    DaemonSet: { selector, template },
    Job: { backoffLimit: 0, template },
    CronJob: { schedule: '0 0 1 1 *', jobTemplate: { spec: { backoffLimit: 0, template } } },
  };
  const apiVersion = kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1';
  return { apiVersion, kind, metadata: { name, namespace, labels }, spec: specs[kind] };
}

/** What there is of a service: its workloads, and pods that have not ended. */
async function running(name: string): Promise<string[]> {
  const found = await Promise.all(
    KINDS.map(async (kind) => ((await cluster.get(objectId(workload(kind, name)))) === undefined ? [] : [kind])),
  );
  const { items } = await cluster.list({
    group: '',
    version: 'v1',
    kind: 'Pod',
    namespace,
    labelSelector: `app=${name}`,
  });
  const pods = items.filter((pod) => (pod['status'] as JsonObject)['phase'] !== 'Succeeded');
  return [...found.flat(), ...new Set(pods.map(({ metadata }) => `Pod of ${metadata.ownerReferences?.[0]?.kind}`))];
}

/** What there is once the cluster's own controllers have cleared away what has been deleted. */
async function leftOf(name: string, kind: Kind): Promise<string[]> {
  for (const until = Date.now() + 20_000; ;) {
    const found = await running(name);
    if (Date.now() > until || found.length === 1 + POD_OF[kind].length) return found;
  }
}

/** The same cluster, which is asked what there is each time before something of a kind is written. */
function witnessed(kind: Kind, before: (object: KubeObject) => Promise<void>): ClusterPort {
  return new Proxy(cluster, {
    get(target, property) {
      if (property === 'apply')
        return async (object: KubeObject, options: ApplyOptions) => {
          if (object.kind === kind && options.dryRun !== true) await before(object);
          return target.apply(object, options);
        };
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

const POD_OF: Readonly<Record<Kind, readonly string[]>> = {
  Deployment: ['Pod of ReplicaSet'],
  StatefulSet: ['Pod of StatefulSet'],
  DaemonSet: ['Pod of DaemonSet'],
  Job: [],
  CronJob: [],
};

/** One claim that one, or many, may mount; or none. */
type Sharing = 'one' | 'many' | 'apart';

async function tryPair([from, to]: readonly [Kind, Kind], how: Sharing) {
  const name = `${from}-${to}-${how}`.toLowerCase();
  const data = how === 'apart' ? undefined : claim(name, how === 'many' ? 'ReadWriteMany' : 'ReadWriteOnce');
  const made = {
    ...(data === undefined ? {} : { claimName: name }),
    ...(how === 'one' ? {} : { strategy: 'RollingUpdate' }),
  };
  if (data !== undefined) await makeBound(data, cluster);
  const objects = (kind: Kind) => [...(data === undefined ? [] : [data]), workload(kind, name, made)];
  const atWrite: string[][] = [];
  const witness = witnessed(to, async () => void atWrite.push(await running(name)));
  const { before, plan, result, again } = await transition(objects(from), objects(to), witness);
  const uidOf = (inventory: typeof before.inventory) =>
    inventory.find(({ object }) => object.kind === 'PersistentVolumeClaim')?.uid;
  return {
    pair: `${from} → ${to}`,
    plan: actionsOf(plan).map((line) => line.replace(`/${name}`, '')),
    first: plan.entries.filter(({ goesBefore }) => goesBefore !== undefined).map(({ object }) => object.kind),
    verdict: result.failure?.message ?? result.verdict,
    outcomes: result.changes
      .filter(({ object }) => object.kind !== 'PersistentVolumeClaim')
      .map(({ object, outcome }) => `${outcome} ${object.kind}`),
    owned: result.inventory.map(({ object }) => object.kind).sort(),
    again: actionsOf(again),
    isDataKept: uidOf(before.inventory) === uidOf(result.inventory),
    atWrite,
    atEnd: await leftOf(name, to),
  };
}

function expected([from, to]: readonly [Kind, Kind], how: Sharing) {
  const isExclusive = how === 'one';
  return {
    pair: `${from} → ${to}`,
    plan: [`create ${to}`, `delete ${from}`],
    first: isExclusive ? [from] : [],
    verdict: 'succeeded',
    outcomes: [`created ${to}`, `deleted ${from}`],
    owned: [...(how === 'apart' ? [] : ['PersistentVolumeClaim']), to].sort(),
    again: [],
    isDataKept: true,
    atWrite: [isExclusive ? [] : [from, ...POD_OF[from]]],
    atEnd: [to, ...POD_OF[to]],
  };
}

describe('the kind of a workload', () => {
  const pairs = pairsOf(KINDS);

  it('changes, and where both hold one claim the old one and its pods are gone before the new one is made', async () => {
    const found = await inSlots(pairs, 5, (pair) => tryPair(pair, 'one'));
    expect(found).toEqual(pairs.map((pair) => expected(pair, 'one')));
  });

  it('changes, and where nothing is shared the old one runs until the new one is ready', async () => {
    const found = await inSlots(pairs, 5, (pair) => tryPair(pair, 'apart'));
    expect(found).toEqual(pairs.map((pair) => expected(pair, 'apart')));
  });

  it('changes, and what many may mount is mounted by both meanwhile', async () => {
    const some = [
      ['Deployment', 'StatefulSet'],
      ['StatefulSet', 'Deployment'],
    ] as const;
    const found = await inSlots(some, 2, (pair) => tryPair(pair, 'many'));
    expect(found).toEqual(some.map((pair) => expected(pair, 'many')));
  });

  it('changes although the old one made the claim of its templates, which stays', async () => {
    const old = workload('StatefulSet', 'made', { template: 'data' });
    const wanted = workload('Deployment', 'made', { claimName: 'data-made-0' });
    const atWrite: string[][] = [];
    const witness = witnessed('Deployment', async () => void atWrite.push(await running('made')));
    const { before, plan, result } = await transition([old], [wanted], witness);
    expect(plan.entries).toMatchObject([{ action: 'create' }, { action: 'delete', goesBefore: [objectId(wanted)] }]);
    expect(result.verdict).toBe('succeeded');
    expect(atWrite).toEqual([[]]);
    const kept = await cluster.get(objectId(claim('data-made-0')));
    expect(before.inventory).toContainEqual({ object: objectId(claim('data-made-0')), uid: kept?.metadata.uid });
    expect(kept?.metadata.deletionTimestamp).toBeUndefined();
  });

  it('changes under another name as well, and no two of them hold the data', async () => {
    const objects = (name: string) => [claim('renamed'), workload('Deployment', name, { claimName: 'renamed' })];
    const atWrite: string[][] = [];
    const witness = witnessed('Deployment', async ({ metadata }) => {
      if (metadata.name === 'new-name') atWrite.push(await running('old-name'));
    });
    const { plan, result } = await transition(objects('old-name'), objects('new-name'), witness);
    expect(actionsOf(plan)).toEqual(['create Deployment/new-name', 'delete Deployment/old-name']);
    expect(result.verdict).toBe('succeeded');
    expect(atWrite).toEqual([[]]);
  });

  it('leaves alone until the end what has shared a claim with it all along', async () => {
    const shared = claim('shared');
    await makeBound(shared, cluster);
    const web = (tag: string) => workload('Deployment', 'web', { claimName: 'shared', image: `${image}${tag}` });
    const backup = workload('CronJob', 'backup', { claimName: 'shared' });
    const { plan, result } = await transition([shared, web('0'), backup], [shared, web('1')], cluster);
    expect(actionsOf(plan)).toEqual(['delete CronJob/backup', 'update Deployment/web']);
    expect(plan.entries.some(({ goesBefore }) => goesBefore !== undefined)).toBe(false);
    expect(result.verdict).toBe('succeeded');
  });

  it('is never changed where the claims would go with the old one', async () => {
    const set = workload('StatefulSet', 'doomed', { template: 'data' });
    const policy = { whenDeleted: 'Delete', whenScaled: 'Retain' };
    const old = { ...set, spec: { ...(set['spec'] as JsonObject), persistentVolumeClaimRetentionPolicy: policy } };
    const renamed = { ...old, spec: { ...old.spec, serviceName: 'other' } };
    const wanted = workload('Deployment', 'doomed', { claimName: 'data-doomed-0' });
    for (const next of [wanted, renamed]) {
      const { result } = await transition([old], [next], cluster, { recreate: 'all' });
      expect(result).toMatchObject({
        verdict: 'failed',
        failure: { code: 'FIELD_IMMUTABLE', object: { kind: 'StatefulSet' } },
      });
    }
    expect((await cluster.get(objectId(claim('data-doomed-0'))))?.metadata.deletionTimestamp).toBeUndefined();
  });
});

describe('a kind that cannot be changed', () => {
  const some = [
    ['Deployment', 'StatefulSet'],
    ['StatefulSet', 'Deployment'],
    ['Deployment', 'DaemonSet'],
  ] as const;

  it.each(some)('from %s to %s, because the server refuses the new one, is back with its data', async (from, to) => {
    const name = `refused-${from}-${to}`.toLowerCase();
    const data = claim(name);
    const refusal = new KubernetesApiError({ httpStatus: 422, reason: 'Invalid', message: 'not today' });
    const refusing = witnessed(to, () => Promise.reject(refusal));
    const old = workload(from, name, { claimName: name });
    const { before, result, events } = await transition(
      [data, old],
      [data, workload(to, name, { claimName: name })],
      refusing,
    );
    expect(result).toMatchObject({
      verdict: 'failed',
      failure: { message: 'not today' },
      rollback: { verdict: 'succeeded' },
    });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'object.deleted', object: objectId(old), reason: 'pruned' }),
    );
    expect(await running(name)).toEqual([from, ...POD_OF[from]]);
    const back = await cluster.get(objectId(old));
    const kept = before.inventory.filter(({ object }) => object.kind === 'PersistentVolumeClaim');
    expect(result.inventory).toHaveLength(2);
    expect(result.inventory).toEqual(
      expect.arrayContaining([...kept, { object: objectId(old), uid: back?.metadata.uid }]),
    );
  });

  it.each(some)('from %s to %s, because the new one never runs, is back alone on its data', async (from, to) => {
    const name = `broken-${from}-${to}`.toLowerCase();
    const data = claim(name);
    const old = workload(from, name, { claimName: name });
    const bad = workload(to, name, { claimName: name, image: 'nowhere.invalid/app:1' });
    const atRestore: string[][] = [];
    const witness = witnessed(from, async () => void atRestore.push(await running(name)));
    const { before, result, events } = await transition([data, old], [data, bad], witness, { deadlineMs: 20_000 });
    expect(result).toMatchObject({ verdict: 'failed', rollback: { verdict: 'succeeded' } });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'object.deleted', object: objectId(bad), reason: 'rolled-back' }),
    );
    expect(atRestore.at(-1)).toEqual([]);
    expect(await running(name)).toEqual([from, ...POD_OF[from]]);
    expect(result.inventory).toEqual(
      expect.arrayContaining(before.inventory.filter(({ object }) => object.kind === 'PersistentVolumeClaim')),
    );
    expect(result.inventory).toHaveLength(2);
  });
});
