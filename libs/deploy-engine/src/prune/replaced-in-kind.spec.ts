import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { FakeCluster } from '../../test/fake-cluster.ts';
import { runFake } from '../../test/run-fake.ts';
import { configMap, namespace } from '../../test/workloads.ts';

const scheduled = (name: string): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name, namespace },
  spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'main', image: 'app:1' }] } } } } },
});
const perNode = (name: string): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name, namespace },
  spec: { template: { spec: { containers: [{ name: 'main', image: 'app:1' }] } } },
});
const kindsIn = (cluster: FakeCluster): readonly string[] =>
  [...cluster.objects.values()].map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();

describe('a workload whose kind has changed', () => {
  it('goes without a prune too, so that its service does not run twice; what nobody wants stays', async () => {
    const cluster = new FakeCluster();
    const old = configMap('old');
    const before = [{ ...perNode('web'), status: READY }, old];
    for (const object of before) cluster.set(object);
    const inventory = before.map((object) => {
      const id = objectId(object);
      return {
        object: id,
        uid: [...cluster.objects.values()].find(({ kind }) => kind === id.kind)?.metadata.uid ?? '',
      };
    });
    const { result } = await runFake([scheduled('web')], cluster, { inventory, prune: false });
    expect(result.verdict).toBe('succeeded');
    expect(kindsIn(cluster).filter((name) => !name.startsWith('Namespace'))).toEqual(['ConfigMap/old', 'CronJob/web']);
    expect(result.inventory.map(({ object }) => object.kind).sort()).toEqual(['ConfigMap', 'CronJob']);
  });

  it('is in the plan as a deletion', async () => {
    const cluster = new FakeCluster();
    const { uid = '' } = cluster.set(perNode('web')).metadata;
    const inventory = [{ object: objectId(perNode('web')), uid }];
    const { result } = await runFake([scheduled('web')], cluster, { inventory, prune: false });
    expect(result.plan?.entries.map(({ object, action }) => `${action} ${object.kind}`).sort()).toEqual([
      'create CronJob',
      'delete DaemonSet',
    ]);
  });

  it('is another’s where its name is another, and stays', async () => {
    const cluster = new FakeCluster();
    const { uid = '' } = cluster.set(perNode('other')).metadata;
    const inventory = [{ object: objectId(perNode('other')), uid }];
    await runFake([scheduled('web')], cluster, { inventory, prune: false });
    expect(kindsIn(cluster)).toContain('DaemonSet/other');
  });
});

const READY = { observedGeneration: 1 };
