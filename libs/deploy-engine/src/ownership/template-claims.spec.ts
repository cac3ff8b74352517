import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, objectId, objectKey } from '@ushadow/kubernetes';
import { FakeCluster } from '../../test/fake-cluster.ts';
import { runFake } from '../../test/run-fake.ts';
import { configMap, namespace } from '../../test/workloads.ts';
import type { DeployEvent } from '../index.ts';
import { planDeployment } from '../index.ts';
import { owned } from './owner.ts';
import { claimsOf, isClaimOf } from './template-claims.ts';

const owner = { installation: 'here', stack: 's-1', project: 'web', namespace };
const notes = { ...owner, stack: 's-2', project: 'notes' };

const statefulSet = (replicas = 1, spec: object = {}): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace },
    spec: { replicas, template: {}, volumeClaimTemplates: [{ metadata: { name: 'data' } }], ...spec },
  }) as unknown as KubeObject;
const claim = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace, managedFields: [{ manager: 'kube-controller-manager', operation: 'Update' }] },
  spec: { volumeName: 'v' },
});
const state = (...objects: readonly KubeObject[]) => ({ objects, dependencies: [] });
const live = (cluster: FakeCluster, object: KubeObject): KubeObject | undefined =>
  cluster.objects.get(objectKey(objectId(object)));
const markOf = (object: KubeObject | undefined): string => object?.metadata.annotations?.['ushadow.io/owner'] ?? '';

/** That the cluster has no storage class is not of interest here. */
const isWarning = (event: DeployEvent): boolean => event.type === 'warning' && event.code !== 'STORAGE_CLASS_MISSING';

function immutable(): KubernetesApiError {
  const causes = [{ reason: 'FieldValueInvalid', message: 'field is immutable' }];
  return new KubernetesApiError({ httpStatus: 422, reason: 'Invalid', message: 'invalid', causes });
}

/** The controller makes the claims that are not there, and its pods get ready. */
function react(object: KubeObject, cluster: FakeCluster): void {
  if (object.kind !== 'StatefulSet') return;
  for (const id of claimsOf(object)) if (!cluster.objects.has(objectKey(id))) cluster.set(claim(id.name));
  const replicas = (object['spec'] as { replicas: number }).replicas;
  const counts = { replicas, readyReplicas: replicas, updatedReplicas: replicas };
  cluster.setStatus(objectId(object), { observedGeneration: object.metadata.generation ?? 1, ...counts });
}

function newCluster(...objects: readonly KubeObject[]): FakeCluster {
  const cluster = new FakeCluster();
  cluster.react = react;
  cluster.set({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  for (const object of objects) cluster.set(object);
  return cluster;
}

describe('the claims of a StatefulSet', () => {
  it('are those of its templates, for each of its pods', () => {
    const names = (object: KubeObject): string[] => claimsOf(object).map(({ name }) => name);
    expect(names(statefulSet(2))).toEqual(['data-db-0', 'data-db-1']);
    expect(names(statefulSet(1, { ordinals: { start: 3 } }))).toEqual(['data-db-3']);
    expect(names(statefulSet(0))).toEqual([]);
    expect(names(configMap('c'))).toEqual([]);
  });

  it.each<[string, boolean]>([
    ['data-db-0', true],
    ['data-db-7', true],
    ['data-db', false],
    ['data-db-x', false],
    ['logs-db-0', false],
    ['data-db2-0', false],
  ])('%s: %s', (name, expected) => {
    expect(isClaimOf(objectId(claim(name)), statefulSet())).toBe(expected);
  });
});

describe('a claim that is there before its StatefulSet', () => {
  it.each<[string, KubeObject, string]>([
    ['another stack', owned(claim('data-db-0'), notes), 'stack notes'],
    ['nobody known', claim('data-db-0'), 'nothing marks it'],
  ])('by %s keeps it from being made', async (_who, object, by) => {
    const cluster = newCluster(object);
    const { result } = await runFake([statefulSet()], cluster, { owner });
    expect(result.failure).toMatchObject({ code: 'NAME_TAKEN', object: { name: 'data-db-0' } });
    expect(result.failure?.message).toContain(by);
    expect(live(cluster, statefulSet())).toBeUndefined();
  });

  it('keeps a set from being made anew, too, which need not have mounted it before', async () => {
    const cluster = newCluster(statefulSet(1, { volumeClaimTemplates: [] }), claim('data-db-0'));
    cluster.fault = (_moment, operation) => {
      if (operation.startsWith('dry-run StatefulSet')) throw immutable();
    };
    const adopt = [objectId(statefulSet())];
    const options = { owner, adopt, recreate: 'all' } as const;
    const { entries, problems } = await planDeployment(state(statefulSet()), cluster, options);
    expect(entries.map(({ action }) => action)).toContain('recreate');
    expect(problems).toMatchObject([{ code: 'NAME_TAKEN', object: { name: 'data-db-0' } }]);
    const both = [...adopt, objectId(claim('data-db-0'))];
    expect((await planDeployment(state(statefulSet()), cluster, { ...options, adopt: both })).problems).toEqual([]);
  });

  it('is no hindrance where it is ours, is of no pod that is wanted, or nobody owns anything', async () => {
    for (const [object, options] of [
      [owned(claim('data-db-0'), owner), { owner }],
      [claim('data-db-1'), { owner }],
      [claim('data-db-0'), {}],
    ] as const) {
      expect((await runFake([statefulSet()], newCluster(object), options)).result.verdict).toBe('succeeded');
    }
  });

  it('is what a set of ours has left that is gone, unless somebody else has marked it', async () => {
    const set = { object: objectId(statefulSet()), uid: 'gone' };
    const options = { owner, inventory: [set] };
    const left = newCluster(claim('data-db-0'));
    expect((await runFake([statefulSet()], left, options)).result.verdict).toBe('succeeded');
    const theirs = newCluster(owned(claim('data-db-0'), notes));
    expect((await runFake([statefulSet()], theirs, options)).result.failure?.code).toBe('NAME_TAKEN');
  });

  it('is adopted by name, and marked', async () => {
    const cluster = newCluster(claim('data-db-0'));
    const adopt = [objectId(claim('data-db-0'))];
    const plan = await planDeployment(state(statefulSet()), cluster, { owner, adopt });
    expect(plan.entries.find(({ object }) => object.kind === 'PersistentVolumeClaim')).toMatchObject({ adopts: true });
    const { result } = await runFake([statefulSet()], cluster, { owner, adopt });
    expect(result.verdict).toBe('succeeded');
    expect(JSON.parse(markOf(live(cluster, claim('data-db-0'))))).toEqual(owner);
  });

  it('that may not be looked at is a warning', async () => {
    const cluster = newCluster();
    cluster.fault = (_moment, operation) => {
      if (operation.startsWith('get PersistentVolumeClaim'))
        throw new KubernetesApiError({ httpStatus: 403, reason: 'Forbidden', message: 'no' });
    };
    const plan = await planDeployment(state(statefulSet()), cluster, { owner });
    expect(plan.problems).toEqual([]);
    expect(plan.warnings).toContainEqual(
      expect.objectContaining({ code: 'PERMISSION_DENIED', object: objectId(claim('data-db-0')) }),
    );
  });
});

describe('the claims that were made for a StatefulSet', () => {
  it('get the mark and nothing else, join the inventory, and are not looked at again', async () => {
    const cluster = newCluster();
    const { result } = await runFake([statefulSet(2)], cluster, { owner });
    for (const name of ['data-db-0', 'data-db-1']) {
      const made = live(cluster, claim(name));
      expect(JSON.parse(markOf(made))).toEqual(owner);
      expect(made?.['spec']).toEqual({ volumeName: 'v' });
      expect(result.inventory).toContainEqual({ object: objectId(claim(name)), uid: made?.metadata.uid });
    }
    cluster.calls.length = 0;
    const again = await runFake([statefulSet(2)], cluster, { owner, inventory: result.inventory });
    expect(again.result.inventory).toHaveLength(3);
    expect(again.events.filter(isWarning)).toEqual([]);
    expect(cluster.calls.filter((call) => /Claim|^apply/.test(call))).toEqual([]);
  });

  it('stay ours when the set is scaled down, and are kept and told when it is gone', async () => {
    const cluster = newCluster();
    const { inventory } = (await runFake([statefulSet(2), configMap('c')], cluster, { owner })).result;
    const scaled = await runFake([statefulSet(1), configMap('c')], cluster, { owner, inventory });
    expect(scaled.result.inventory).toHaveLength(4);
    expect(scaled.events.filter(isWarning)).toEqual([]);
    const gone = await runFake([configMap('c')], cluster, { owner, inventory: scaled.result.inventory });
    expect(gone.events.filter(isWarning)).toMatchObject([
      { code: 'PRUNE_REFUSED', object: { name: 'data-db-0' } },
      { code: 'PRUNE_REFUSED', object: { name: 'data-db-1' } },
    ]);
    expect(gone.result.inventory).toHaveLength(3);
  });

  it('stay ours when the attempt is taken back, so that it can be tried again', async () => {
    const cluster = newCluster();
    cluster.react = (object, self) => {
      react(object, self);
      if (object.kind === 'StatefulSet') self.setStatus(objectId(object), { observedGeneration: 1 });
    };
    const options = { owner, rollbackTo: state(), stallMs: 1_000 };
    const { result } = await runFake([statefulSet()], cluster, options);
    expect(result.rollback?.verdict).toBe('succeeded');
    expect(live(cluster, statefulSet())).toBeUndefined();
    expect(result.inventory.map(({ object }) => object.name)).toEqual(['data-db-0']);
    cluster.react = react;
    const again = await runFake([statefulSet()], cluster, { owner, inventory: result.inventory });
    expect(again.result.verdict).toBe('succeeded');
  });

  it('cannot be marked without the right to: a warning, and ours all the same', async () => {
    const cluster = newCluster();
    cluster.fault = (_moment, operation) => {
      if (operation.startsWith('apply PersistentVolumeClaim'))
        throw new KubernetesApiError({ httpStatus: 403, reason: 'Forbidden', message: 'no' });
    };
    const { result, events } = await runFake([statefulSet()], cluster, { owner });
    expect(result.verdict).toBe('succeeded');
    expect(events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'PERMISSION_DENIED' }));
    expect(result.inventory).toHaveLength(2);
  });
});
