import { describe, expect, it } from '@jest/globals';
import { KubernetesApiError } from '@ushadow/kubernetes';
import { FakeCluster } from '../test/fake-cluster.ts';
import { runFake } from '../test/run-fake.ts';
import { RUNNING, configMap, deployment, healthy, rollOut } from '../test/workloads.ts';

const wanted = [deployment('web'), configMap('c', { a: '1' })];
const writes = (cluster: FakeCluster): string[] => cluster.calls.filter((call) => /^(apply|delete|create)/.test(call));

describe('settling a deployment that lost contact with its cluster', () => {
  it('finds that it has succeeded after all, and writes nothing', async () => {
    const cluster = new FakeCluster();
    cluster.react = healthy;
    await runFake(wanted, cluster);
    cluster.calls.length = 0;
    const { result } = await runFake(wanted, cluster, { observeOnly: true });
    expect(result.verdict).toBe('succeeded');
    expect(writes(cluster).filter((call) => !call.startsWith('create'))).toEqual([]);
  });

  it('waits for what is still on its way', async () => {
    const cluster = new FakeCluster();
    cluster.react = (object, self) => {
      if (object.kind === 'Deployment') rollOut(object, self, { phase: 'Pending' }, false);
    };
    await runFake(wanted, cluster, { stallMs: 1_000 });
    setImmediate(() =>
      rollOut(cluster.objects.get('apps/Deployment/shop/web') ?? deployment('web'), cluster, RUNNING, true),
    );
    const { result } = await runFake(wanted, cluster, { observeOnly: true });
    expect(result.verdict).toBe('succeeded');
  });

  it('finds that it has failed, with the cause', async () => {
    const cluster = new FakeCluster();
    cluster.react = (object, self) => {
      const status = {
        name: 'main',
        ready: false,
        restartCount: 0,
        state: { waiting: { reason: 'InvalidImageName' } },
      };
      if (object.kind === 'Deployment') rollOut(object, self, { phase: 'Pending', containerStatuses: [status] }, false);
    };
    await runFake(wanted, cluster);
    const { result } = await runFake(wanted, cluster, {
      observeOnly: true,
      rollbackTo: { objects: [], dependencies: [] },
    });
    expect(result).toMatchObject({ verdict: 'failed', failure: { code: 'IMAGE_NAME_INVALID' } });
    expect(result.rollback).toBeUndefined();
  });

  it('says what had not been applied, and does not apply it', async () => {
    const cluster = new FakeCluster();
    await runFake([configMap('c', { a: '1' })], cluster);
    cluster.calls.length = 0;
    const { result } = await runFake(wanted, cluster, { observeOnly: true });
    expect(result).toMatchObject({ verdict: 'failed', failure: { code: 'NOT_APPLIED', object: { name: 'web' } } });
    expect(writes(cluster).filter((call) => !call.startsWith('create'))).toEqual([]);
  });

  it('says what was to be deleted and is still there; what is on its way out is not', async () => {
    const cluster = new FakeCluster();
    cluster.react = healthy;
    const { inventory } = (await runFake([...wanted, configMap('old')], cluster)).result;
    const { result } = await runFake(wanted, cluster, { observeOnly: true, inventory });
    expect(result).toMatchObject({ verdict: 'failed', failure: { code: 'NOT_APPLIED', object: { name: 'old' } } });
    expect((await runFake(wanted, cluster, { observeOnly: true, inventory, prune: false })).result.verdict).toBe(
      'succeeded',
    );
    const old = cluster.objects.get('/ConfigMap/shop/old') ?? configMap('old');
    cluster.set({ ...old, metadata: { ...old.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } });
    expect((await runFake(wanted, cluster, { observeOnly: true, inventory })).result.verdict).toBe('succeeded');
  });

  it('stays unknown while the cluster cannot be reached', async () => {
    const cluster = new FakeCluster();
    cluster.fault = () => {
      throw new KubernetesApiError({ httpStatus: 0, reason: 'ConnectionRefused', message: 'connection refused' });
    };
    const { result } = await runFake(wanted, cluster, { observeOnly: true });
    expect(result).toMatchObject({ verdict: 'unknown', failure: { code: 'CLUSTER_UNREACHABLE' } });
  });
});
