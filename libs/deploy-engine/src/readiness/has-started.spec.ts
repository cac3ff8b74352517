import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { FakeCluster } from '../../test/fake-cluster.ts';
import { runFake } from '../../test/run-fake.ts';
import { deployment, healthy, rollOut } from '../../test/workloads.ts';
import { hasStarted } from './has-started.ts';

const pod = (...statuses: readonly object[]): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'a' }, { name: 'b' }] },
    status: { containerStatuses: statuses },
  }) as unknown as KubeObject;

const running = { state: { running: {} }, ready: false };
const waiting = { state: { waiting: { reason: 'ContainerCreating' } } };
const ended = (reason: string, startedAt = '2026-01-01T00:00:00Z'): object => ({ terminated: { reason, startedAt } });

describe('a pod has started', () => {
  it.each<[string, boolean, KubeObject]>([
    ['when all its containers run, ready or not', true, pod({ name: 'a', ...running }, { name: 'b', ...running })],
    ['not when one of them has yet to', false, pod({ name: 'a', ...running }, { name: 'b', ...waiting })],
    ['not when one of them has no status', false, pod({ name: 'a', ...running })],
    ['not without a status', false, pod()],
    [
      'when one has run and ended',
      true,
      pod({ name: 'a', ...running }, { name: 'b', state: ended('Completed'), ready: false }),
    ],
    [
      'when one has run, crashed, and waits to run again',
      true,
      pod({ name: 'a', ...running }, { name: 'b', ...waiting, lastState: ended('Error') }),
    ],
    ...['StartError', 'ContainerCannotRun', 'ContainerStatusUnknown'].map((reason): [string, boolean, KubeObject] => [
      `not when one could not be started: ${reason}`,
      false,
      pod({ name: 'a', ...running }, { name: 'b', ...waiting, lastState: ended(reason) }),
    ]),
    [
      'not when one was never started, by its time',
      false,
      pod({ name: 'a', ...running }, { name: 'b', state: ended('Error', '1970-01-01T00:00:00Z') }),
    ],
  ])('%s', (_name, expected, object) => {
    expect(hasStarted(object)).toBe(expected);
  });
});

describe('what waits for a start', () => {
  const [database, web] = [deployment('db', 'db:2'), deployment('web')];
  const dependencies = [{ object: objectId(web), on: objectId(database), condition: 'started' as const }];
  const desired = { objects: [database, web], dependencies };
  const status = (state: object) => ({
    phase: 'Running',
    containerStatuses: [{ name: 'main', ready: false, restartCount: 0, state }],
  });

  /** The database gets as far as this, everything else gets ready. */
  const reacting = (state: object) => (object: KubeObject, cluster: FakeCluster) =>
    object.metadata.name === 'db' && object.kind === 'Deployment'
      ? rollOut(object, cluster, status(state), false)
      : healthy(object, cluster);
  const isWritten = (cluster: FakeCluster): boolean => cluster.calls.includes('apply Deployment/shop/web');

  it('goes on when the other runs, without being ready', async () => {
    const cluster = new FakeCluster();
    cluster.react = reacting({ running: {} });
    await runFake(desired, cluster, { stallMs: 1_000 });
    expect(isWritten(cluster)).toBe(true);
  });

  it('waits while the other only waits itself, although its former pods are ready', async () => {
    const cluster = new FakeCluster();
    cluster.react = healthy;
    await runFake([deployment('db', 'db:1')], cluster);
    cluster.react = (object, self) => {
      reacting({ waiting: { reason: 'ContainerCreating' } })(object, self);
      if (object.kind !== 'Deployment' || object.metadata.name !== 'db') return;
      const observedGeneration = object.metadata.generation ?? 1;
      self.setStatus(objectId(object), {
        observedGeneration,
        ...{ replicas: 2, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 },
      });
    };
    await runFake(desired, cluster, { stallMs: 1_000 });
    expect(isWritten(cluster)).toBe(false);
  });
});
