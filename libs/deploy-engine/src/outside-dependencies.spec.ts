import { describe, expect, it } from '@jest/globals';
import { objectId } from '@ushadow/kubernetes';
import { FakeCluster } from '../test/fake-cluster.ts';
import { runFake } from '../test/run-fake.ts';
import { RUNNING, deployment, healthy, namespace, rollOut } from '../test/workloads.ts';
import type { DesiredState, ObjectDependency } from './desired-state.ts';

const [database, web] = [deployment('db'), deployment('web')];
const wanting = (condition: ObjectDependency['condition']): DesiredState => ({
  objects: [web],
  dependencies: [{ object: objectId(web), on: objectId(database), condition }],
});

/** A cluster in which somebody else's database is starting; the rest becomes ready at once. */
function withDatabase(): FakeCluster {
  const cluster = new FakeCluster();
  cluster.set({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  rollOut(cluster.set(database), cluster, { phase: 'Pending' }, false);
  cluster.react = healthy;
  return cluster;
}

const isWritten = (cluster: FakeCluster): boolean => cluster.objects.has(`apps/Deployment/${namespace}/web`);

describe('what an object waits for of other deployments (B3)', () => {
  it('is waited for, and the wait is reported', async () => {
    const cluster = withDatabase();
    const events: Parameters<typeof runFake>[3] = { events: [] };
    const seen = events.events ?? [];
    const push = seen.push.bind(seen);
    seen.push = (...items) => {
      const [item] = items;
      if (item?.type === 'object.status' && item.message.startsWith('waits for')) {
        expect(isWritten(cluster)).toBe(false);
        rollOut(cluster.objects.get(`apps/Deployment/${namespace}/db`) ?? database, cluster, RUNNING, true);
      }
      return push(...items);
    };
    const { result } = await runFake(wanting('ready'), cluster, {}, { events: seen });
    expect(result.verdict).toBe('succeeded');
    expect(result.inventory.map(({ object }) => object.name)).toEqual(['web']);
    expect(seen).toContainEqual(
      expect.objectContaining({ state: 'pending', message: 'waits for Deployment/shop/db: 0 of 1 pods are available' }),
    );
  });

  it('that does not come is the reason of the failure', async () => {
    const cluster = withDatabase();
    const { result } = await runFake(wanting('ready'), cluster, { stallMs: 5_000 });
    expect(result.failure).toMatchObject({ code: 'DEPENDENCY_FAILED', object: { name: 'web' } });
    expect(result.failure?.remedy).toContain('Deployment/shop/db');
    expect(isWritten(cluster)).toBe(false);
  });

  it('that has failed for good ends it at once', async () => {
    const failing = (): FakeCluster => {
      const cluster = withDatabase();
      const conditions = [
        { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'too slow' },
      ];
      cluster.setStatus(objectId(database), { observedGeneration: 1, conditions });
      return cluster;
    };
    const { result, elapsedMs } = await runFake(wanting('ready'), failing());
    expect(result.failure).toMatchObject({ code: 'DEPENDENCY_FAILED', object: { name: 'web' } });
    expect(elapsedMs).toBe(0);
  });

  it('and is not there is reported and not waited for: it may live elsewhere', async () => {
    const cluster = new FakeCluster();
    cluster.react = healthy;
    const { result, events } = await runFake(wanting('ready'), cluster);
    expect(result.verdict).toBe('succeeded');
    expect(events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'DEPENDENCY_MISSING' }));
  });

  it('does not keep a failed deployment from going back', async () => {
    const cluster = withDatabase();
    rollOut(cluster.objects.get(`apps/Deployment/${namespace}/db`) ?? database, cluster, RUNNING, true);
    const good = wanting('ready');
    await runFake(good, cluster);
    cluster.react = (object, self) => {
      const isBad = JSON.stringify(object['spec']).includes('app:bad');
      if (!isBad) return healthy(object, self);
      rollOut(self.objects.get(`apps/Deployment/${namespace}/db`) ?? database, self, { phase: 'Pending' }, false);
      const status = {
        name: 'main',
        ready: false,
        restartCount: 5,
        state: { waiting: { reason: 'InvalidImageName' } },
      };
      rollOut(object, self, { phase: 'Pending', containerStatuses: [status] }, false);
    };
    const bad = { ...good, objects: [deployment('web', 'app:bad')] };
    const { result } = await runFake(bad, cluster, { rollbackTo: good });
    expect(result).toMatchObject({ failure: { code: 'IMAGE_NAME_INVALID' }, rollback: { verdict: 'succeeded' } });
  });
});
