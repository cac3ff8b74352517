import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, objectId, objectKey, owned } from '@ushadow/kubernetes';
import { FakeCluster } from '../../test/fake-cluster.ts';
import { runFake } from '../../test/run-fake.ts';
import { configMap, namespace } from '../../test/workloads.ts';
import type { DeployEvent } from '../index.ts';
import { planDeployment } from '../index.ts';
import { claimsBeyond, claimsOf, isClaimOf, wasMadeFor } from './template-claims.ts';

const owner = { installation: 'here', stack: 's-1', project: 'web', namespace };
const notes = { ...owner, stack: 's-2', project: 'notes' };

const labels = { app: 'db' };

const statefulSet = (replicas = 1, spec: object = {}): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace },
    spec: {
      ...{ replicas, template: {}, selector: { matchLabels: labels } },
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
      ...spec,
    },
  }) as unknown as KubeObject;
const claim = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace, managedFields: [{ manager: 'kube-controller-manager', operation: 'Update' }] },
  spec: { volumeName: 'v' },
});
/** As the controller makes it. */
const made = (name: string, creationTimestamp?: string): KubeObject => {
  const object = claim(name);
  const time = creationTimestamp === undefined ? {} : { creationTimestamp };
  return { ...object, metadata: { ...object.metadata, labels, ...time } };
};
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
  for (const id of claimsOf(object)) if (!cluster.objects.has(objectKey(id))) cluster.set(made(id.name));
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

describe('what a StatefulSet reaches for', () => {
  const names = (wanted: KubeObject, live?: KubeObject): string[] => claimsBeyond(wanted, live).map(({ name }) => name);

  it('is all its claims where it is made, else those of further pods and of other templates', () => {
    expect(names(statefulSet(2))).toEqual(['data-db-0', 'data-db-1']);
    expect(names(statefulSet(3), statefulSet(1))).toEqual(['data-db-1', 'data-db-2']);
    expect(names(statefulSet(2), statefulSet(0))).toEqual(['data-db-0', 'data-db-1']);
    expect(names(statefulSet(1), statefulSet(3))).toEqual([]);
    expect(names(statefulSet(1), statefulSet(1, { volumeClaimTemplates: [{ metadata: { name: 'old' } }] }))).toEqual([
      'data-db-0',
    ]);
    expect(names(statefulSet(1, { ordinals: { start: 1 } }), statefulSet(1))).toEqual(['data-db-1']);
  });

  it('was made for it where it bears the labels of its selector and is not older', () => {
    const set = {
      ...statefulSet(),
      metadata: { ...statefulSet().metadata, creationTimestamp: '2026-01-02T00:00:00Z' },
    };
    expect(wasMadeFor(made('data-db-0', '2026-01-02T00:00:00Z'), set)).toBe(true);
    expect(wasMadeFor(made('data-db-0', '2026-01-01T00:00:00Z'), set)).toBe(false);
    expect(wasMadeFor(claim('data-db-0'), set)).toBe(false);
    expect(wasMadeFor(made('data-db-0'), statefulSet(1, { selector: {} }))).toBe(false);
  });
});

describe('a claim that a StatefulSet reaches for with more replicas', () => {
  const helm = (object: KubeObject): KubeObject => {
    const annotations = { 'meta.helm.sh/release-name': 'db', 'meta.helm.sh/release-namespace': 'x' };
    return { ...object, metadata: { ...object.metadata, annotations } };
  };
  const scaledUp = async (object: KubeObject, options: object = {}) => {
    const cluster = newCluster();
    const { inventory } = (await runFake([statefulSet(1)], cluster, { owner })).result;
    const { metadata, ...set } = live(cluster, statefulSet()) ?? statefulSet();
    cluster.set({ ...set, metadata: { ...metadata, creationTimestamp: '2026-01-01T00:00:00Z' } } as KubeObject);
    cluster.set(object);
    const all = { owner, inventory, ...options };
    const plan = await planDeployment(state(statefulSet(2)), cluster, all);
    return { cluster, plan, ...(await runFake([statefulSet(2)], cluster, all)) };
  };

  it.each<[string, KubeObject, string]>([
    ['another stack', owned(made('data-db-1'), notes), 'stack notes'],
    ['Helm', helm(made('data-db-1')), 'Helm release x/db'],
    ['nobody known', claim('data-db-1'), 'nothing marks it'],
    ['a set of that name before it', made('data-db-1', '2000-01-01T00:00:00Z'), 'nothing marks it'],
  ])('by %s keeps it from getting them', async (_who, object, by) => {
    const { cluster, plan, result } = await scaledUp(object);
    expect(plan.problems).toMatchObject([{ code: 'NAME_TAKEN', object: { name: 'data-db-1' } }]);
    expect(result.failure).toMatchObject({ code: 'NAME_TAKEN', message: expect.stringContaining(by) });
    expect((live(cluster, statefulSet())?.['spec'] as { replicas: number }).replicas).toBe(1);
    expect(live(cluster, object)?.metadata.annotations).toEqual(object.metadata.annotations);
    expect(result.inventory.map(({ object: { name } }) => name).sort()).toEqual(['data-db-0', 'db']);
  });

  it('is ours where it bears our mark, or was made for the set while it had more', async () => {
    for (const object of [owned(claim('data-db-1'), owner), made('data-db-1')]) {
      const { cluster, plan, result } = await scaledUp(object);
      expect(plan.problems).toEqual([]);
      expect(result.verdict).toBe('succeeded');
      expect(JSON.parse(markOf(live(cluster, object)))).toEqual(owner);
    }
  });

  it('is adopted by name, which is in the plan and in its hash', async () => {
    const adopted = await scaledUp(claim('data-db-1'), { adopt: [objectId(claim('data-db-1'))] });
    expect(adopted.plan.entries).toContainEqual(
      expect.objectContaining({ object: objectId(claim('data-db-1')), adopts: true }),
    );
    expect(adopted.result.verdict).toBe('succeeded');
    expect(JSON.parse(markOf(live(adopted.cluster, claim('data-db-1'))))).toEqual(owner);
    const without = await planDeployment(state(statefulSet(2)), newCluster(), { owner });
    expect(adopted.plan.hash).not.toBe(without.hash);
  });

  it('keeps an approved plan from being applied that was made before it was there', async () => {
    const cluster = newCluster();
    const { inventory } = (await runFake([statefulSet(1)], cluster, { owner })).result;
    const approvedPlan = await planDeployment(state(statefulSet(2)), cluster, { owner, inventory });
    cluster.set(claim('data-db-1'));
    const { result } = await runFake([statefulSet(2)], cluster, { owner, inventory, approvedPlan });
    expect(result.failure?.code).toBe('NAME_TAKEN');
  });

  it('is judged as well where the set was stopped, or is made anew with other templates', async () => {
    const cluster = newCluster();
    const { inventory } = (await runFake([statefulSet(0)], cluster, { owner })).result;
    cluster.set(owned(claim('data-db-0'), notes));
    cluster.set(owned(claim('logs-db-0'), notes));
    for (const [wanted, name] of [
      [statefulSet(1), 'data-db-0'],
      [statefulSet(1, { volumeClaimTemplates: [{ metadata: { name: 'logs' } }] }), 'logs-db-0'],
    ] as const) {
      const { result } = await runFake([wanted], cluster, { owner, inventory });
      expect(result.failure).toMatchObject({ code: 'NAME_TAKEN', object: { name } });
    }
  });

  it('is not marked where it is nobody’s and appears only after the plan', async () => {
    const cluster = newCluster();
    const { inventory } = (await runFake([statefulSet(1)], cluster, { owner })).result;
    cluster.react = (object, self) => {
      if (object.kind === 'StatefulSet') self.set(claim('data-db-1'));
      react(object, self);
    };
    const { result, events } = await runFake([statefulSet(2)], cluster, { owner, inventory });
    expect(markOf(live(cluster, claim('data-db-1')))).toBe('');
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'warning', code: 'NAME_TAKEN', object: objectId(claim('data-db-1')) }),
    );
    expect(result.inventory.map(({ object: { name } }) => name).sort()).toEqual(['data-db-0', 'db']);
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
    const left = newCluster(made('data-db-0'));
    expect((await runFake([statefulSet()], left, options)).result.verdict).toBe('succeeded');
    const strange = newCluster(claim('data-db-0'));
    expect((await runFake([statefulSet()], strange, options)).result.failure?.code).toBe('NAME_TAKEN');
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

  it('stay ours when the set is scaled down, and are kept and reported when it is gone', async () => {
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
