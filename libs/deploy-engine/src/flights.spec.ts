import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError } from '@ushadow/kubernetes';
import { FakeCluster } from '../test/fake-cluster.ts';
import { runFake } from '../test/run-fake.ts';
import { configMap, deployment, healthy } from '../test/workloads.ts';

const labelled = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, labels: { app: 'shop' } },
});
const using = (image: string): KubeObject =>
  deployment('web', image, { containers: [{ name: 'main', image, envFrom: [{ configMapRef: { name: 'c' } }] }] });

/** Notes when each real apply begins and ends; holds the answer of one back until another has begun. */
function traced(cluster: FakeCluster, hold?: { readonly kind: string; readonly until: string }): string[] {
  const trace: string[] = [];
  const apply = cluster.apply.bind(cluster);
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  cluster.apply = async (object, options) => {
    if (options.dryRun === true || object.kind === 'Namespace') return apply(object, options);
    trace.push(`begin ${object.kind}`);
    if (object.kind === hold?.until) release();
    if (object.kind === hold?.kind) await released;
    const outcome = await apply(object, options);
    trace.push(`end ${object.kind}`);
    return outcome;
  };
  return trace;
}

describe('objects that go out together', () => {
  it('are a new workload and the new configuration it names, the configuration first', async () => {
    const cluster = new FakeCluster();
    cluster.react = healthy;
    const trace = traced(cluster, { kind: 'ConfigMap', until: 'Deployment' });
    const { result } = await runFake([using('app:1'), configMap('c')], cluster);
    expect(result.verdict).toBe('succeeded');
    expect(trace.slice(0, 2)).toEqual(['begin ConfigMap', 'begin Deployment']);
  });

  it('are not a workload and configuration that is only changed: a pod could start with the old one', async () => {
    const cluster = new FakeCluster();
    cluster.react = healthy;
    await runFake([using('app:1'), configMap('c', { a: '1' })], cluster);
    const trace = traced(cluster);
    await runFake([using('app:2'), configMap('c', { a: '2' })], cluster);
    expect(trace).toEqual(['begin ConfigMap', 'end ConfigMap', 'begin Deployment', 'end Deployment']);
  });
});

describe('what is there', () => {
  const maps = ['a', 'b', 'c', 'd'].map((name) => labelled(configMap(name, { name })));
  const reads = (cluster: FakeCluster): string[] =>
    cluster.calls.filter((call) => /^(get|list) .*ConfigMap/.test(call));

  it('of many objects of a kind is read by one list', async () => {
    const cluster = new FakeCluster();
    await runFake(maps, cluster);
    cluster.calls.length = 0;
    const { result } = await runFake(maps, cluster);
    expect(result.changes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(reads(cluster)).toEqual(['list ConfigMap']);
  });

  it('is found although it lacks the labels that are listed by', async () => {
    const cluster = new FakeCluster();
    await runFake([configMap('a', { name: 'a' })], cluster);
    const list = cluster.list.bind(cluster);
    cluster.list = async (target) => {
      const { items, ...rest } = await list(target);
      return { ...rest, items: items.filter(({ metadata }) => metadata.labels?.['app'] === 'shop') };
    };
    const { result } = await runFake(maps, cluster);
    const [first] = result.plan?.entries ?? [];
    expect(first).toMatchObject({ action: 'update', changes: [{ path: 'metadata.labels', change: 'added' }] });
  });

  it('is read one by one where listing is not permitted', async () => {
    const cluster = new FakeCluster();
    await runFake(maps, cluster);
    cluster.calls.length = 0;
    cluster.list = () =>
      Promise.reject(new KubernetesApiError({ httpStatus: 403, reason: 'Forbidden', message: 'cannot list' }));
    const { result } = await runFake(maps, cluster);
    expect(result.plan?.entries.map(({ action }) => action)).toEqual([
      'unchanged',
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
    expect(reads(cluster)).toHaveLength(4);
  });
});
