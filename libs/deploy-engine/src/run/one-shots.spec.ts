import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectId, objectKey } from '@ushadow/kubernetes';
import { FakeCluster } from '../../test/fake-cluster.ts';
import { Killed, runFake } from '../../test/run-fake.ts';
import { configMap, deployment, healthy, job, namespace, rollOut } from '../../test/workloads.ts';
import { checkpointOf } from '../checkpoint.ts';
import type { DeployEvent } from '../deploy-event.ts';

const web = deployment('web');
const migrate = job('migrate');
const dependencies = [{ object: objectId(web), on: objectId(migrate), condition: 'complete' as const }];
const owner = { installation: 'here', stack: 's', project: 'web', namespace };

/** Jobs end well unless their image says otherwise; Deployments get ready unless theirs does. */
function react(object: KubeObject, cluster: FakeCluster): void {
  const isBad = JSON.stringify(object['spec'] ?? {}).includes(':bad');
  if (object.kind === 'Job') {
    const type = isBad ? 'Failed' : 'Complete';
    cluster.setStatus(objectId(object), { conditions: [{ type, status: 'True', reason: 'r', message: 'm' }] });
  }
  if (object.kind !== 'Deployment') return;
  if (!isBad) return healthy(object, cluster);
  const status = { name: 'main', ready: false, restartCount: 5, state: { waiting: { reason: 'CrashLoopBackOff' } } };
  rollOut(object, cluster, { phase: 'Running', containerStatuses: [status] }, false);
}

function newCluster(): FakeCluster {
  const cluster = new FakeCluster();
  cluster.react = react;
  return cluster;
}

const live = (cluster: FakeCluster, object: KubeObject): KubeObject | undefined =>
  cluster.objects.get(objectKey(objectId(object)));
const callsAbout = (cluster: FakeCluster, name: string): string[] =>
  cluster.calls.filter((call) => /^(apply|create|delete|dry-run) /.test(call) && call.endsWith(name));

describe('a Job that counts as completed', () => {
  const completed = [objectId(migrate)];

  it('is not written where it is absent, and what depends on it goes on', async () => {
    const cluster = newCluster();
    const { result } = await runFake({ objects: [web, migrate], dependencies }, cluster, { owner, completed });
    expect(result.verdict).toBe('succeeded');
    expect(callsAbout(cluster, 'migrate')).toEqual([]);
    expect(result.plan?.entries.find(({ object }) => object.kind === 'Job')?.action).toBe('unchanged');
    expect(result.inventory.map(({ object }) => object.kind)).toEqual(['Deployment']);
  });

  it('is not changed where it is there, failed or otherwise, and stays in the inventory', async () => {
    const cluster = newCluster();
    const first = await runFake([job('migrate', 'app:bad')], cluster, { owner, settleMs: 1 });
    expect(first.result.failure?.code).toBe('JOB_FAILED');
    const before = live(cluster, migrate);
    cluster.calls.length = 0;
    const { inventory } = first.result;
    const { result } = await runFake({ objects: [web, migrate], dependencies }, cluster, {
      owner,
      completed,
      inventory,
    });
    expect(result).toMatchObject({ verdict: 'succeeded', causes: [] });
    expect(live(cluster, migrate)).toEqual(before);
    expect(result.inventory).toContainEqual({ object: objectId(migrate), uid: before?.metadata.uid });
  });

  it('is not pruned where it is not wanted any more', async () => {
    const cluster = newCluster();
    const { inventory } = (await runFake([web, migrate], cluster, { owner })).result;
    const { result, events } = await runFake([web], cluster, { owner, completed, inventory });
    expect(live(cluster, migrate)).toBeDefined();
    expect(result.inventory).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
  });

  it('is never of another kind', async () => {
    const cluster = newCluster();
    const { result } = await runFake([web], cluster, { owner, completed: [objectId(web)] });
    expect(result.changes).toMatchObject([{ outcome: 'created' }]);
  });

  it('of somebody else is not touched, and is not ours', async () => {
    const cluster = newCluster();
    await runFake([migrate], cluster, { owner: { ...owner, stack: 'other' } });
    const { result } = await runFake({ objects: [web, migrate], dependencies }, cluster, { owner, completed });
    expect(result.verdict).toBe('succeeded');
    expect(result.inventory.map(({ object }) => object.kind)).toEqual(['Deployment']);
  });
});

describe('in a rollback', () => {
  it('no Job of the last good state runs again, whatever the failed attempt has made of it', async () => {
    const cluster = newCluster();
    const rollbackTo = { objects: [web, migrate], dependencies };
    const { inventory } = (await runFake(rollbackTo, cluster, { owner })).result;
    const desired = { objects: [deployment('web', 'app:bad'), job('migrate', 'app:2'), job('new')], dependencies };
    const { result } = await runFake(desired, cluster, { owner, inventory, rollbackTo });
    expect(result.rollback?.verdict).toBe('succeeded');
    expect(JSON.stringify(live(cluster, migrate))).toContain('app:2');
    expect(live(cluster, job('new'))).toBeUndefined();
    expect(JSON.stringify(live(cluster, web))).not.toContain('bad');
    expect(result.inventory.map(({ object }) => object.name).sort()).toEqual(['migrate', 'web']);
  });

  it('a good Job that has gone by itself is not made anew', async () => {
    const cluster = newCluster();
    const rollbackTo = { objects: [web, migrate], dependencies };
    await runFake([web], cluster, { owner });
    const { result } = await runFake([deployment('web', 'app:bad')], cluster, { owner, rollbackTo });
    expect(result.rollback?.verdict).toBe('succeeded');
    expect(live(cluster, migrate)).toBeUndefined();
  });
});

describe('a rollback to nothing', () => {
  const claim: KubeObject = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace } };
  const bad = [deployment('web', 'app:bad'), configMap('c'), claim];
  const nothing = { objects: [], dependencies: [] };

  it('removes what the failed attempt has made, except claims, which stay ours', async () => {
    const cluster = newCluster();
    const confirmDelete = [objectId(claim)];
    const { result } = await runFake(bad, cluster, { owner, rollbackTo: nothing, confirmDelete });
    expect(result).toMatchObject({ verdict: 'failed', rollback: { verdict: 'succeeded' } });
    expect(live(cluster, web)).toBeUndefined();
    expect(live(cluster, configMap('c'))).toBeUndefined();
    expect(result.inventory).toEqual([{ object: objectId(claim), uid: live(cluster, claim)?.metadata.uid }]);
  });

  it('leaves what was there before', async () => {
    const cluster = newCluster();
    const { inventory } = (await runFake([configMap('c')], cluster, { owner })).result;
    const { result } = await runFake(bad, cluster, { owner, inventory, rollbackTo: nothing });
    expect(result.rollback?.verdict).toBe('succeeded');
    expect(live(cluster, configMap('c'))).toBeDefined();
  });

  it('is not taken when failures are to be left, nor without a state to go back to', async () => {
    for (const options of [{ rollbackTo: nothing, rollBackFailures: false }, {}]) {
      const cluster = newCluster();
      const { result } = await runFake(bad, cluster, { owner, ...options });
      expect(result.rollback).toBeUndefined();
      expect(result.inventory).toHaveLength(3);
      expect(live(cluster, web)).toBeDefined();
    }
  });
});

describe('how far each object has got', () => {
  it('is reported of the attempt, whatever came after it', async () => {
    const cluster = newCluster();
    const behind = deployment('behind');
    const waits = [{ object: objectId(behind), on: objectId(web), condition: 'ready' as const }];
    const objects = [deployment('web', 'app:bad'), deployment('good'), behind, configMap('c')];
    const rollbackTo = { objects: [], dependencies: [] };
    const { result } = await runFake({ objects, dependencies: waits }, cluster, { owner, rollbackTo });
    expect(result.rollback?.verdict).toBe('succeeded');
    expect(Object.fromEntries(result.states.map(({ object, state }) => [object.name, state]))).toEqual({
      web: 'failed',
      good: 'ready',
      behind: 'pending',
      c: 'ready',
    });
    expect(result.states.every(({ message }) => message !== '')).toBe(true);
  });

  it('is known to a worker that only goes on with the rollback', async () => {
    const cluster = newCluster();
    const objects = [deployment('web', 'app:bad'), deployment('good'), configMap('c')];
    const options = { owner, rollbackTo: { objects: [], dependencies: [] } };
    const events: DeployEvent[] = [];
    cluster.fault = (_moment, operation) => {
      if (operation.startsWith('delete')) throw new Killed();
    };
    await expect(runFake(objects, cluster, options, { events })).rejects.toBeInstanceOf(Killed);
    cluster.fault = () => undefined;
    const resumeFrom = checkpointOf(events);
    if (resumeFrom === undefined) throw new Error('nothing was emitted');
    const { result } = await runFake(objects, cluster, options, { resumeFrom });
    expect(result).toMatchObject({ verdict: 'failed', rollback: { verdict: 'succeeded' } });
    expect(Object.fromEntries(result.states.map(({ object, state }) => [object.name, state]))).toEqual({
      web: 'failed',
      good: 'ready',
      c: 'ready',
    });
  });

  it('is still on its way where the time was up', async () => {
    const cluster = new FakeCluster();
    const { result } = await runFake([web], cluster, { owner, stallMs: 1_000 });
    expect(result.states).toMatchObject([{ object: { name: 'web' }, state: 'progressing' }]);
  });
});
