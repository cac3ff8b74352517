import { describe, expect, it } from '@jest/globals';
import type { KubeObject, ObjectId, Owner } from '@ushadow/kubernetes';
import { KubernetesApiError, objectId, objectKey, owned } from '@ushadow/kubernetes';
import { FakeCluster } from '../../test/fake-cluster.ts';
import { ManualClock } from '../../test/manual-clock.ts';
import { runFake } from '../../test/run-fake.ts';
import { configMap, deployment, healthy, namespace, rollOut } from '../../test/workloads.ts';
import type { DeployOptions, DeployResult, InventoryEntry } from '../index.ts';
import { Fenced, planDeployment, remove } from '../index.ts';
import { stamped } from '../apply/write-stamp.ts';

const owner: Owner = { installation: 'here', stack: 's-1', project: 'web', namespace };
const notes: Owner = { ...owner, stack: 's-2', project: 'notes' };
const stamp = (epoch: bigint) => ({ deploymentId: 'd', scope: 'here/web', epoch });
const wanted = [deployment('web'), configMap('c', { a: '1' })];
const state = (objects: readonly KubeObject[]) => ({ objects, dependencies: [] });

function newCluster(...objects: readonly KubeObject[]): FakeCluster {
  const cluster = new FakeCluster();
  cluster.react = healthy;
  cluster.set({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  for (const object of objects) cluster.set(object);
  return cluster;
}

const live = (cluster: FakeCluster, object: KubeObject): KubeObject | undefined =>
  cluster.objects.get(objectKey(objectId(object)));
const writes = (cluster: FakeCluster): string[] => cluster.calls.filter((call) => /^(apply|delete) /.test(call));
const markOf = (object: KubeObject | undefined): string | undefined =>
  object?.metadata.annotations?.['ushadow.io/owner'];

/** Something happens right before the first such call. */
function before(cluster: FakeCluster, call: RegExp, act: () => void): void {
  let isOver = false;
  cluster.fault = (moment, operation) => {
    if (isOver || moment !== 'before' || !call.test(operation)) return;
    isOver = true;
    act();
  };
}

describe('what a stack writes', () => {
  it('bears its mark, outside of templates, and the same again changes nothing', async () => {
    const cluster = new FakeCluster();
    cluster.react = healthy;
    const { result } = await runFake(wanted, cluster, { owner });
    for (const object of wanted) expect(JSON.parse(markOf(live(cluster, object)) ?? '')).toEqual(owner);
    expect(markOf(cluster.objects.get(`/Namespace//${namespace}`))).toBe(
      markOf(live(cluster, wanted[0] as KubeObject)),
    );
    expect(JSON.stringify(live(cluster, deployment('web'))?.['spec'])).not.toContain('ushadow.io');
    cluster.calls.length = 0;
    await runFake(wanted, cluster, { owner, inventory: result.inventory });
    expect(writes(cluster)).toEqual([]);
  });

  it('costs no request more than without an owner', async () => {
    const calls = async (options: DeployOptions): Promise<readonly string[]> => {
      const cluster = newCluster();
      const { inventory } = (await runFake(wanted, cluster, options)).result;
      await runFake([deployment('web', 'app:2')], cluster, { ...options, inventory });
      return cluster.calls;
    };
    expect(await calls({ owner })).toEqual(await calls({}));
  });

  it('is marked where it was not, by its uid, and anew where the mark has changed', async () => {
    const cluster = newCluster();
    const { result } = await runFake(wanted, cluster);
    const { inventory } = result;
    const plan = await planDeployment(state(wanted), cluster, { owner, inventory });
    expect(plan.entries.map(({ action }) => action)).toEqual(['update', 'update']);
    for (const { changes } of plan.entries) expect(JSON.stringify(changes)).toContain('ushadow.io/owner');
    await runFake(wanted, cluster, { owner, inventory });
    const renamed = { ...owner, project: 'shop' };
    await runFake(wanted, cluster, { owner: renamed });
    expect(JSON.parse(markOf(live(cluster, configMap('c'))) ?? '')).toEqual(renamed);
  });
});

describe('a name that is taken', () => {
  const helm = { annotations: { 'meta.helm.sh/release-name': 'web' } };
  const theirs = (metadata: object): KubeObject => ({
    ...configMap('c'),
    metadata: { name: 'c', namespace, ...metadata },
  });

  it.each<[string, KubeObject, string]>([
    ['another stack', owned(configMap('c'), notes), 'stack notes in namespace shop'],
    ['a Helm release', theirs(helm), 'Helm release web'],
    ['nobody known', configMap('c'), 'nothing marks it'],
  ])('by %s is refused, and nothing is written', async (_who, object, by) => {
    const cluster = newCluster(object);
    const versions = [...cluster.objects.values()];
    const { result } = await runFake(wanted, cluster, { owner, recreate: 'all', conflicts: 'take-over' });
    expect(result.failure).toMatchObject({ code: 'NAME_TAKEN', object: { kind: 'ConfigMap', name: 'c' } });
    expect(result.failure?.message).toContain(by);
    expect(result.failure?.remedy).toContain('-n');
    expect(writes(cluster)).toEqual([]);
    expect([...cluster.objects.values()]).toEqual(versions);
    expect(result.states.map((each) => each.state)).toEqual(['pending', 'pending']);
    expect(result.inventory).toEqual([]);
  });

  it('is said of all objects at once', async () => {
    const cluster = newCluster(configMap('c'), owned(deployment('web'), notes));
    const { problems } = await planDeployment(state(wanted), cluster, { owner });
    expect(problems.map(({ code, object }) => [code, object?.kind])).toEqual([
      ['NAME_TAKEN', 'ConfigMap'],
      ['NAME_TAKEN', 'Deployment'],
    ]);
    expect(problems[0]?.remedy).toContain('--adopt ConfigMap/c');
    expect(problems[1]?.remedy).not.toContain('--adopt');
  });

  it('is adopted by name where nobody holds it; the plan and its events say so', async () => {
    const cluster = newCluster(configMap('c', { a: '1' }));
    const adopt = [objectId(configMap('c'))];
    const [plan, other] = await Promise.all([
      planDeployment(state(wanted), cluster, { owner, adopt }),
      planDeployment(state(wanted), newCluster(configMap('c', { a: '1' })), { owner, adopt, adoptFrom: ['x'] }),
    ]);
    expect(plan.problems).toEqual([]);
    expect(plan.entries.map(({ object, action, adopts }) => [object.name, action, adopts])).toEqual([
      ['c', 'update', true],
      ['web', 'create', undefined],
    ]);
    expect(plan.hash).not.toBe(other.hash);
    const { result, events } = await runFake(wanted, cluster, { owner, adopt, approvedPlan: plan });
    expect(result.verdict).toBe('succeeded');
    expect(events).toContainEqual(expect.objectContaining({ type: 'object.planned', adopts: true }));
    expect(JSON.parse(markOf(live(cluster, configMap('c'))) ?? '')).toEqual(owner);
  });

  it('is not adopted by name where somebody holds it, nor by another name', async () => {
    const adopt = [objectId(configMap('c'))];
    for (const object of [owned(configMap('c'), notes), theirs(helm), deployment('web')]) {
      const { result } = await runFake(wanted, newCluster(object), { owner, adopt });
      expect(result.failure?.code).toBe('NAME_TAKEN');
    }
  });

  it('by a stack that is gone is adopted as a whole, but not what a tool has marked as well', async () => {
    const gone = { ...notes, installation: 'there' };
    const options = { owner, adoptFrom: ['s-2'] };
    const cluster = newCluster(...wanted.map((object) => owned(object, gone)));
    const { result, events } = await runFake(wanted, cluster, options);
    expect(result.verdict).toBe('succeeded');
    expect(events.filter((event) => event.type === 'object.planned' && event.adopts === true)).toHaveLength(2);
    const both = owned(theirs(helm), gone);
    expect((await runFake(wanted, newCluster(both), options)).result.failure?.code).toBe('NAME_TAKEN');
  });

  it('makes an approved plan stale when it was not to be adopted', async () => {
    const approvedPlan = await planDeployment(state(wanted), newCluster(), { owner });
    const adopt = [objectId(configMap('c'))];
    const { result } = await runFake(wanted, newCluster(configMap('c')), { owner, adopt, approvedPlan });
    expect(result.failure?.code).toBe('PLAN_STALE');
  });
});

describe('an object that changes hands under way', () => {
  const foreign = (object: KubeObject, cluster: FakeCluster) => () =>
    void cluster.set(owned(live(cluster, object) ?? object, notes));

  it('is not written over', async () => {
    const cluster = newCluster();
    await runFake(wanted, cluster, { owner });
    before(cluster, /^apply ConfigMap/, foreign(configMap('c'), cluster));
    const { result } = await runFake([deployment('web'), configMap('c', { a: '2' })], cluster, { owner });
    expect(result.failure).toMatchObject({ code: 'NAME_TAKEN', object: { name: 'c' } });
    expect(live(cluster, configMap('c'))?.['data']).toEqual({ a: '1' });
  });

  it('is not deleted to be made anew', async () => {
    const cluster = newCluster();
    await runFake(wanted, cluster, { owner });
    immutable(cluster);
    before(cluster, /^apply ConfigMap/, foreign(deployment('web'), cluster));
    const changed = [deployment('web', 'app:2'), configMap('c', { a: '2' })];
    const { result } = await runFake(changed, cluster, { owner, recreate: 'all' });
    expect(result.failure).toMatchObject({ code: 'NAME_TAKEN', object: { name: 'web' } });
    expect(cluster.calls.filter((call) => call.startsWith('delete'))).toEqual([]);
  });

  it('is looked at again before it is deleted to be made anew, when others have touched it', async () => {
    const cluster = newCluster();
    await runFake(wanted, cluster, { owner });
    immutable(cluster);
    before(cluster, /^delete/, () => cluster.set(live(cluster, deployment('web')) ?? deployment('web')));
    const { result } = await runFake([deployment('web', 'app:2')], cluster, { owner, recreate: 'all' });
    expect(result.changes).toMatchObject([{ outcome: 'recreated' }]);
    expect(cluster.calls.filter((call) => call.startsWith('delete'))).toHaveLength(2);
  });

  it('is not pruned, and is not ours any more', async () => {
    const cluster = newCluster();
    const { inventory } = (await runFake(wanted, cluster, { owner })).result;
    foreign(configMap('c'), cluster)();
    const kept = [deployment('web')];
    const plan = await planDeployment(state(kept), cluster, { owner, inventory });
    expect(plan.entries.map(({ action }) => action)).toEqual(['unchanged']);
    expect(plan.warnings).toMatchObject([{ code: 'NAME_TAKEN', object: { name: 'c' } }]);
    const { result, events } = await runFake(kept, cluster, { owner, inventory });
    expect(result.verdict).toBe('succeeded');
    expect(events.filter((event) => event.type === 'warning')).toMatchObject([{ code: 'NAME_TAKEN' }]);
    expect(live(cluster, configMap('c'))).toBeDefined();
    expect(result.inventory.map(({ object }) => object.name)).toEqual(['web']);
  });

  it('is not deleted by a rollback', async () => {
    const cluster = newCluster();
    cluster.react = crashes;
    before(cluster, /^apply Deployment/, foreign(configMap('c'), cluster));
    const { result } = await runFake(wanted, cluster, { owner, rollbackTo: state([]) });
    expect(result.rollback?.verdict).toBe('succeeded');
    expect(live(cluster, deployment('web'))).toBeUndefined();
    expect(markOf(live(cluster, configMap('c')))).toContain('notes');
    expect(result.inventory).toEqual([]);
  });

  it('is not removed', async () => {
    const cluster = newCluster();
    const { inventory } = (await runFake(wanted, cluster, { owner })).result;
    foreign(configMap('c'), cluster)();
    const result = await removeFake(inventory, cluster, { owner });
    expect(result).toMatchObject({ verdict: 'succeeded', inventory: [] });
    expect(live(cluster, configMap('c'))).toBeDefined();
    expect(live(cluster, deployment('web'))).toBeUndefined();
  });
});

describe('an object that the plan has not seen', () => {
  const alone = [configMap('c', { a: '1' })];
  const appears = (object: KubeObject): FakeCluster => {
    const cluster = newCluster();
    before(cluster, /^apply/, () => cluster.set(object));
    return cluster;
  };

  it.each<[string, DeployOptions]>([
    ['a stamp', { stamp: stamp(5n) }],
    ['nothing', {}],
  ])('is not written over with %s: the plan is stale', async (_what, options) => {
    const cluster = appears(configMap('c', { a: 'theirs' }));
    const { result } = await runFake(alone, cluster, options);
    expect(result.failure?.code).toBe('PLAN_STALE');
    expect(live(cluster, configMap('c'))?.['data']).toEqual({ a: 'theirs' });
    expect(result.inventory).toEqual([]);
  });

  it('is not written over with an owner: the name is taken', async () => {
    const cluster = appears(configMap('c', { a: 'theirs' }));
    const { result } = await runFake(alone, cluster, { owner, stamp: stamp(5n) });
    expect(result.failure?.code).toBe('NAME_TAKEN');
    expect(live(cluster, configMap('c'))?.['data']).toEqual({ a: 'theirs' });
  });

  it('is written over where an earlier holder was late', async () => {
    const cluster = appears(stamped(owned(configMap('c', { a: 'late' }), owner), stamp(4n)));
    const { result } = await runFake(alone, cluster, { owner, stamp: stamp(5n) });
    expect(result).toMatchObject({ verdict: 'succeeded', changes: [{ outcome: 'created' }] });
    expect(live(cluster, configMap('c'))?.['data']).toEqual({ a: '1' });
  });

  it('of a later holder stops an earlier one', async () => {
    const cluster = appears(stamped(owned(configMap('c', { a: 'later' }), owner), stamp(6n)));
    await expect(runFake(alone, cluster, { owner, stamp: stamp(5n) })).rejects.toBeInstanceOf(Fenced);
    expect(live(cluster, configMap('c'))?.['data']).toEqual({ a: 'later' });
  });

  it.each<[string, DeployOptions]>([
    ['a stamp', { stamp: stamp(5n) }],
    ['an owner', { owner }],
    ['neither', {}],
  ])('is its own doing when the answer was lost and the request repeated, with %s', async (_what, options) => {
    const cluster = newCluster();
    const apply = cluster.apply.bind(cluster);
    cluster.apply = async (object, call) => {
      if (call.dryRun !== true && !JSON.stringify(object).includes('"uid"')) await apply(object, call);
      return apply(object, call);
    };
    const { result } = await runFake(wanted, cluster, options);
    expect(result).toMatchObject({ verdict: 'succeeded', changes: [{ outcome: 'created' }, { outcome: 'created' }] });
  });
});

describe('a namespace made on the way', () => {
  const refusing = (cluster: FakeCluster): void => {
    const apply = cluster.apply.bind(cluster);
    cluster.apply = async (object, call) => {
      if (call.dryRun === true && object.kind === 'ConfigMap' && cluster.objects.has(`/Namespace//${namespace}`))
        throw new KubernetesApiError({ httpStatus: 422, reason: 'Invalid', message: 'no' });
      return apply(object, call);
    };
  };

  it('is removed again when its objects are refused', async () => {
    const cluster = new FakeCluster();
    refusing(cluster);
    const { result } = await runFake([configMap('c')], cluster, { owner, stamp: stamp(5n) });
    expect(result.failure?.code).toBe('MANIFEST_INVALID');
    expect(cluster.objects.size).toBe(0);
  });

  it('is not removed when somebody else has made it meanwhile', async () => {
    const cluster = new FakeCluster();
    refusing(cluster);
    const theirs = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
    before(cluster, /^apply Namespace/, () => cluster.set(theirs));
    const { result } = await runFake([configMap('c')], cluster, { owner, stamp: stamp(5n) });
    expect(result.failure?.code).toBe('MANIFEST_INVALID');
    expect(markOf(live(cluster, theirs))).toBeUndefined();
    expect(live(cluster, theirs)).toBeDefined();
  });
});

/** The image of a Deployment cannot be changed. */
function immutable(cluster: FakeCluster): void {
  const apply = cluster.apply.bind(cluster);
  cluster.apply = async (object, call) => {
    const there = cluster.objects.get(objectKey(objectId(object)));
    if (object.kind === 'Deployment' && there !== undefined)
      throw new KubernetesApiError({
        httpStatus: 422,
        reason: 'Invalid',
        message: 'invalid',
        causes: [{ reason: 'FieldValueInvalid', message: 'field is immutable' }],
      });
    return apply(object, call);
  };
}

function crashes(object: KubeObject, cluster: FakeCluster): void {
  const status = { name: 'main', ready: false, restartCount: 5, state: { waiting: { reason: 'CrashLoopBackOff' } } };
  if (object.kind === 'Deployment') rollOut(object, cluster, { phase: 'Running', containerStatuses: [status] }, false);
}

async function removeFake(
  inventory: readonly InventoryEntry[],
  cluster: FakeCluster,
  options: { readonly owner: Owner; readonly confirmDelete?: readonly ObjectId[] },
): Promise<DeployResult> {
  const clock = new ManualClock();
  const work = async (): Promise<DeployResult> => {
    const run = remove(inventory, cluster, options, { clock });
    for (;;) {
      const step = await run.next();
      if (step.done === true) return step.value;
    }
  };
  return clock.drive(work());
}
