import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, objectId, objectKey } from '@ushadow/kubernetes';
import { FakeCluster } from '../test/fake-cluster.ts';
import { Killed, runFake } from '../test/run-fake.ts';
import { configMap, deployment, healthy, rollOut } from '../test/workloads.ts';
import { CancelSource } from './cancel-source.ts';
import { checkpointOf } from './checkpoint.ts';
import type { DeployEvent } from './deploy-event.ts';
import type { DeployResult, InventoryEntry } from './deploy-result.ts';

const good = [deployment('web'), configMap('c', { a: '1' }), configMap('old')];
const wanted = [deployment('web', 'app:2'), configMap('c', { a: '2' }), configMap('new')];
const broken = [deployment('web', 'app:bad'), configMap('c', { a: '2' }), configMap('new')];
const rollbackTo = { objects: good, dependencies: [] };

function react(object: KubeObject, cluster: FakeCluster): void {
  if (object.kind !== 'Deployment') return;
  if (!JSON.stringify(object['spec']).includes('app:bad')) return healthy(object, cluster);
  const status = { name: 'main', ready: false, restartCount: 5, state: { waiting: { reason: 'CrashLoopBackOff' } } };
  rollOut(object, cluster, { phase: 'Running', containerStatuses: [status] }, false);
}

const isOurs = ({ kind }: KubeObject): boolean => ['Deployment', 'ConfigMap'].includes(kind);
const oursIn = (cluster: FakeCluster): KubeObject[] => [...cluster.objects.values()].filter(isOurs);
const contentOf = (cluster: FakeCluster): string[] =>
  oursIn(cluster)
    .map(({ kind, metadata, spec, data }) => JSON.stringify([kind, metadata.name, spec, data]))
    .sort();
const inventoryOf = (cluster: FakeCluster): InventoryEntry[] =>
  oursIn(cluster).map((object) => ({ object: objectId(object), uid: object.metadata.uid ?? '' }));

interface Ended {
  readonly result: DeployResult;
  readonly cluster: FakeCluster;
  readonly writesAfter: readonly string[];
}

/** Asks for the end while the `at`th call is under way; undefined when there are fewer. */
async function endAt(
  at: number,
  how: 'cancel' | 'leave',
  desired: readonly KubeObject[],
  before: readonly KubeObject[] = good,
): Promise<Ended | undefined> {
  const cluster = new FakeCluster();
  cluster.react = react;
  if (before.length > 0) await runFake(before, cluster);
  const options = before.length > 0 ? { inventory: inventoryOf(cluster), rollbackTo } : {};
  const source = new CancelSource();
  let count = 0;
  let begun = 0;
  cluster.fault = (moment) => {
    if (moment !== 'after' || count++ !== at) return;
    source.cancel();
    begun = cluster.calls.length;
  };
  const { result } = await runFake(desired, cluster, options, { [how]: source });
  if (!source.aborted) return undefined;
  return { result, cluster, writesAfter: cluster.calls.slice(begun).filter((call) => /^(apply|delete)/.test(call)) };
}

describe('a run that is to end at any of its calls', () => {
  it('begins nothing new and leaves no object of its own out of the inventory (leave)', async () => {
    const verdicts = new Set<string>();
    for (let at = 0; ; at++) {
      const ended = await endAt(at, 'leave', wanted);
      if (ended === undefined) break;
      const { result, cluster, writesAfter } = ended;
      verdicts.add(result.verdict);
      if (result.verdict === 'cancelled') expect([at, writesAfter]).toEqual([at, []]);
      const isOldLeft = oursIn(cluster).some(({ metadata }) => metadata.name === 'old');
      if (result.verdict === 'succeeded') expect([at, result.isPruneCutShort === true]).toEqual([at, isOldLeft]);
      const listed = new Set(result.inventory.map(({ object, uid }) => `${objectKey(object)} ${uid}`));
      const missed = inventoryOf(cluster).filter(({ object, uid }) => !listed.has(`${objectKey(object)} ${uid}`));
      expect([at, missed]).toEqual([at, []]);
      expect(result.rollback).toBeUndefined();
    }
    expect([...verdicts].sort()).toEqual(['cancelled', 'succeeded']);
  });

  it('brings the last good state back when that is wanted (cancel)', async () => {
    const reference = new FakeCluster();
    reference.react = react;
    await runFake(good, reference);
    let restored = 0;
    for (let at = 0; ; at++) {
      const ended = await endAt(at, 'cancel', wanted);
      if (ended === undefined) break;
      if (ended.result.verdict !== 'cancelled') continue;
      restored += ended.result.rollback?.verdict === 'succeeded' ? 1 : 0;
      expect([at, contentOf(ended.cluster)]).toEqual([at, contentOf(reference)]);
    }
    expect(restored).toBeGreaterThan(2);
  });

  it('takes back what a first deployment has made when it is cancelled', async () => {
    for (let at = 0; ; at++) {
      const ended = await endAt(at, 'cancel', wanted, []);
      if (ended === undefined) break;
      if (ended.result.verdict !== 'cancelled') continue;
      expect([at, contentOf(ended.cluster), ended.result.inventory]).toEqual([at, [], []]);
    }
  });

  it('lets an automatic rollback go on when it is cancelled, and stops it when all is to be left', async () => {
    const reference = new FakeCluster();
    reference.react = react;
    await runFake(good, reference);
    const outcomes = { cancel: new Set<unknown>(), leave: new Set<unknown>() };
    for (const how of ['cancel', 'leave'] as const) {
      for (let at = 0; ; at++) {
        const ended = await endAt(at, how, broken);
        if (ended === undefined) break;
        if (ended.result.verdict !== 'failed') continue;
        const { rollback } = ended.result;
        outcomes[how].add(rollback?.verdict);
        // Also what only the failed revision had must be gone before it counts as restored.
        if (rollback?.verdict === 'succeeded')
          expect([how, at, contentOf(ended.cluster)]).toEqual([how, at, contentOf(reference)]);
      }
    }
    expect([...outcomes.cancel]).toEqual(['succeeded']);
    expect([...outcomes.leave].sort()).toEqual(['cancelled', 'succeeded']);
  });

  it('is still cancelled when its worker dies during the rollback and another one goes on', async () => {
    for (let kill = 0; ; kill++) {
      const cluster = new FakeCluster();
      cluster.react = react;
      await runFake(good, cluster);
      const options = { inventory: inventoryOf(cluster), rollbackTo };
      const source = new CancelSource();
      const events: DeployEvent[] = [];
      let count = 0;
      cluster.fault = (moment, operation) => {
        if (moment === 'after' && operation.startsWith('apply')) source.cancel();
        if (moment === 'before' && source.aborted && count++ >= kill) throw new Killed();
      };
      const killed = await runFake(wanted, cluster, options, { cancel: source, events }).catch(
        (error: unknown) => error,
      );
      if (!(killed instanceof Killed)) break;
      cluster.fault = () => undefined;
      const resumeFrom = checkpointOf(events);
      const { result } = await runFake(wanted, cluster, options, {
        cancel: source,
        ...(resumeFrom === undefined ? {} : { resumeFrom }),
      });
      expect([kill, result.verdict, result.rollback?.verdict]).toEqual([kill, 'cancelled', 'succeeded']);
    }
  });
});

describe('a write that is never answered', () => {
  const started = async (): Promise<FakeCluster> => {
    const cluster = new FakeCluster();
    cluster.react = react;
    await runFake(good, cluster);
    cluster.hangs = (operation) => operation.includes('/new');
    return cluster;
  };
  const uidOf = (cluster: FakeCluster, name: string): string | undefined =>
    oursIn(cluster).find(({ metadata }) => metadata.name === name)?.metadata.uid;

  it('does not hold up an end for ever, and what it has made is not orphaned', async () => {
    const cluster = await started();
    const source = new CancelSource();
    const begun = new Promise<void>((resolve) => {
      cluster.fault = (moment, operation) => {
        if (moment === 'after' && operation === 'apply ConfigMap/shop/new') resolve();
      };
    });
    void begun.then(() => source.cancel());
    const { result, elapsedMs } = await runFake(
      wanted,
      cluster,
      { inventory: inventoryOf(cluster) },
      { leave: source },
    );
    expect(result.verdict).toBe('cancelled');
    expect(elapsedMs).toBeLessThanOrEqual(10_000);
    expect(result.inventory).toContainEqual(expect.objectContaining({ uid: uidOf(cluster, 'new') }));
  });

  it('is taken back with the rest when the run is cancelled', async () => {
    const cluster = await started();
    const source = new CancelSource();
    cluster.fault = (moment, operation) => {
      if (moment === 'after' && operation === 'apply ConfigMap/shop/new') source.cancel();
    };
    const options = { inventory: inventoryOf(cluster), rollbackTo };
    const { result } = await runFake(wanted, cluster, options, { cancel: source });
    expect(result).toMatchObject({ verdict: 'cancelled', rollback: { verdict: 'succeeded' } });
    expect(uidOf(cluster, 'new')).toBeUndefined();
  });

  it('is found when the cluster was lost in the midst of it', async () => {
    const cluster = await started();
    cluster.hangs = () => false;
    const lost = new KubernetesApiError({
      httpStatus: 0,
      reason: 'ConnectionLost',
      message: 'the connection was lost',
    });
    cluster.fault = (moment, operation) => {
      if (moment === 'after' && operation === 'apply ConfigMap/shop/new') throw lost;
    };
    const { result } = await runFake(wanted, cluster, { inventory: inventoryOf(cluster) });
    expect(result.verdict).toBe('unknown');
    expect(result.inventory).toContainEqual(expect.objectContaining({ uid: uidOf(cluster, 'new') }));
  });
});
