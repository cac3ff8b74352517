import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { FakeCluster } from '../../test/fake-cluster.ts';
import { runFake } from '../../test/run-fake.ts';
import { configMap, deployment, healthy } from '../../test/workloads.ts';
import { planDeployment } from '../plan-deployment.ts';
import { Fenced, checkFence, stamped } from './write-stamp.ts';

const stamp = (epoch: bigint) => ({ deploymentId: 'd', scope: 'here/web', epoch });
const liveConfigMap = (cluster: FakeCluster): KubeObject | undefined =>
  [...cluster.objects.values()].find(({ kind }) => kind === 'ConfigMap');

async function deployed(): Promise<FakeCluster> {
  const cluster = new FakeCluster();
  cluster.react = healthy;
  await runFake([deployment('web'), configMap('c', { a: '1' })], cluster, { stamp: stamp(5n) });
  return cluster;
}

describe('the stamp of who writes', () => {
  it('stands on the object and never in a pod template', async () => {
    const cluster = await deployed();
    const web = [...cluster.objects.values()].find(({ kind }) => kind === 'Deployment');
    expect(web?.metadata.annotations).toMatchObject({ 'ushadow.io/deployment': 'd', 'ushadow.io/epoch': 'here/web/5' });
    expect(JSON.stringify(web?.['spec'])).not.toContain('ushadow.io');
  });

  it('is no difference by itself: the same again writes nothing and plans nothing', async () => {
    const cluster = await deployed();
    cluster.calls.length = 0;
    const same = [deployment('web'), configMap('c', { a: '1' })];
    const { result } = await runFake(same, cluster, { stamp: stamp(9n) });
    expect(result.verdict).toBe('succeeded');
    expect(cluster.calls.filter((call) => call.startsWith('apply'))).toEqual([]);
    const plan = await planDeployment({ objects: same, dependencies: [] }, cluster);
    expect(plan.entries.map(({ action }) => action)).toEqual(['unchanged', 'unchanged']);
  });

  it('of a later holder stops an earlier one before it writes', async () => {
    const cluster = await deployed();
    const late = runFake([configMap('c', { a: 'zombie' })], cluster, { stamp: stamp(4n) });
    await expect(late).rejects.toBeInstanceOf(Fenced);
    expect(liveConfigMap(cluster)?.['data']).toEqual({ a: '1' });
  });

  it('stops an earlier holder also when the later one wrote after it had looked', async () => {
    const cluster = await deployed();
    cluster.fault = (moment, operation) => {
      if (moment !== 'before' || !operation.startsWith('apply')) return;
      const live = liveConfigMap(cluster);
      if (live?.metadata.annotations?.['ushadow.io/epoch'] === 'here/web/5')
        cluster.set(stamped({ ...live, data: { a: 'successor' } }, stamp(7n)));
    };
    const late = runFake([configMap('c', { a: 'zombie' })], cluster, { stamp: stamp(6n) });
    await expect(late).rejects.toBeInstanceOf(Fenced);
    expect(liveConfigMap(cluster)?.['data']).toEqual({ a: 'successor' });
  });

  it('lets a write go on when only others have touched the object meanwhile', async () => {
    const cluster = await deployed();
    let touched = false;
    cluster.fault = (moment, operation) => {
      const live = liveConfigMap(cluster);
      if (touched || moment !== 'before' || !operation.startsWith('apply') || live === undefined) return;
      touched = true;
      cluster.set({ ...live, metadata: { ...live.metadata, labels: { theirs: '1' } } });
    };
    const { result } = await runFake([configMap('c', { a: '2' })], cluster, { stamp: stamp(6n) });
    expect(result.verdict).toBe('succeeded');
    expect(liveConfigMap(cluster)?.['data']).toEqual({ a: '2' });
  });

  it('of another scope says nothing, nor does one that cannot be read', () => {
    const live = (epoch: string): KubeObject => ({
      ...configMap('c'),
      metadata: { name: 'c', annotations: { 'ushadow.io/epoch': epoch } },
    });
    for (const epoch of ['there/web/99', 'here/api/99', 'here/web/x', 'here/web', '', 'here/web/4'])
      expect(() => checkFence(live(epoch), stamp(5n))).not.toThrow();
    expect(() => checkFence(live('here/web/6'), stamp(5n))).toThrow(Fenced);
  });
});
