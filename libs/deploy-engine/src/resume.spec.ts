import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectKey } from '@ushadow/kubernetes';
import { FakeCluster } from '../test/fake-cluster.ts';
import { Killed, runFake } from '../test/run-fake.ts';
import { configMap, deployment, healthy, rollOut } from '../test/workloads.ts';
import { checkpointOf } from './checkpoint.ts';
import type { DeployEvent } from './deploy-event.ts';
import type { DeployOptions } from './deploy-options.ts';
import type { InventoryEntry } from './deploy-result.ts';

const unhealthyImage = 'app:bad';
/** New images are healthy, except one. */
function react(object: KubeObject, cluster: FakeCluster): void {
  if (object.kind !== 'Deployment') return;
  if (!JSON.stringify(object['spec']).includes(unhealthyImage)) return healthy(object, cluster);
  const status = { name: 'main', ready: false, restartCount: 5, state: { waiting: { reason: 'CrashLoopBackOff' } } };
  rollOut(object, cluster, { phase: 'Running', containerStatuses: [status] }, false);
}

const good = [deployment('web'), configMap('c', { a: '1' }), configMap('old')];

interface Scenario {
  readonly name: string;
  readonly before: readonly KubeObject[];
  readonly desired: readonly KubeObject[];
  readonly options: (cluster: FakeCluster) => DeployOptions;
  readonly verdict: string;
}

const inventoryOf = (cluster: FakeCluster): readonly InventoryEntry[] =>
  good.flatMap((object) => {
    const id = {
      group: object.kind === 'Deployment' ? 'apps' : '',
      version: 'v1',
      kind: object.kind,
      ...object.metadata,
    };
    const uid = cluster.objects.get(objectKey(id))?.metadata.uid;
    const { group, version, kind } = id;
    return uid === undefined
      ? []
      : [{ object: { group, version, kind, name: object.metadata.name, namespace: 'shop' }, uid }];
  });

const SCENARIOS: readonly Scenario[] = [
  { name: 'a first deploy', before: [], desired: good, options: () => ({}), verdict: 'succeeded' },
  {
    name: 'an update with prune',
    before: good,
    desired: [deployment('web', 'app:2'), configMap('c', { a: '2' }), configMap('new')],
    options: (cluster) => ({ inventory: inventoryOf(cluster) }),
    verdict: 'succeeded',
  },
  {
    name: 'a failure with rollback',
    before: good,
    desired: [deployment('web', unhealthyImage), configMap('c', { a: '2' }), configMap('new')],
    options: () => ({ rollbackTo: { objects: good, dependencies: [] } }),
    verdict: 'failed',
  },
];

async function prepare(
  { before, options }: Scenario,
  more: DeployOptions,
): Promise<{ cluster: FakeCluster; given: DeployOptions }> {
  const cluster = new FakeCluster();
  cluster.react = react;
  if (before.length > 0) await runFake(before, cluster, { ...more, stamp: stamp(1n) });
  cluster.calls.length = 0;
  return { cluster, given: { ...options(cluster), ...more, stamp: stamp(2n) } };
}

/** What is left in the cluster, without the server's own numbers. */
function contentOf(cluster: FakeCluster): unknown {
  const kept = [...cluster.objects.values()].filter(({ kind }) => !['Pod', 'ReplicaSet', 'Namespace'].includes(kind));
  return kept.map(({ kind, metadata, spec, data }) => JSON.stringify([kind, metadata.name, spec, data])).sort();
}

const owner = { installation: 'here', stack: 's', project: 'web', namespace: 'shop' };
const stamp = (epoch: bigint) => ({ deploymentId: 'd', scope: 'here/web', epoch });

describe.each(SCENARIOS)('$name, its worker killed at any call', (scenario) => {
  it.each([{}, { owner }])('ends the same when another worker goes on (%p)', async (more) => {
    const whole = await prepare(scenario, more);
    const reference = await runFake(scenario.desired, whole.cluster, whole.given);
    expect(reference.result.verdict).toBe(scenario.verdict);
    const calls = whole.cluster.calls.filter((call) => !call.startsWith('watch')).length;
    expect(calls).toBeGreaterThan(5);
    let kills = 0;
    for (let at = 0; at < calls; at++) {
      for (const moment of ['before', 'after'] as const) {
        const { cluster, given } = await prepare(scenario, more);
        const events: DeployEvent[] = [];
        let count = 0;
        cluster.fault = (when) => {
          if (when === moment && count++ >= at) throw new Killed();
        };
        const killed = await runFake(scenario.desired, cluster, given, { events }).catch((error: unknown) => error);
        // Calls that the server refuses have no moment after they acted.
        if (!(killed instanceof Killed)) continue;
        kills += 1;
        cluster.fault = () => undefined;
        const resumeFrom = checkpointOf(events);
        const { result } = await runFake(
          scenario.desired,
          cluster,
          { ...given, stamp: stamp(3n) },
          {
            ...(resumeFrom === undefined ? {} : { resumeFrom }),
          },
        );
        expect([at, moment, result.verdict, result.rollback?.verdict]).toEqual([
          at,
          moment,
          scenario.verdict,
          reference.result.rollback?.verdict,
        ]);
        expect(contentOf(cluster)).toEqual(contentOf(whole.cluster));
      }
    }
    expect(kills).toBeGreaterThan(calls);
  });
});

describe('a rollback that fails', () => {
  it('is reported as such and never shown as success', async () => {
    const cluster = new FakeCluster();
    cluster.react = react;
    await runFake(good, cluster);
    cluster.react = (object, self) => {
      if (object.kind !== 'Deployment') return;
      const status = {
        name: 'main',
        ready: false,
        restartCount: 5,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
      };
      rollOut(object, self, { phase: 'Running', containerStatuses: [status] }, false);
    };
    const { result } = await runFake([deployment('web', unhealthyImage)], cluster, {
      rollbackTo: { objects: good, dependencies: [] },
    });
    expect(result).toMatchObject({
      verdict: 'failed',
      failure: { code: 'CRASH_LOOP' },
      rollback: { verdict: 'failed', failure: { code: 'ROLLBACK_FAILED' } },
    });
  });
});
