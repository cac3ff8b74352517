import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { tcpProxy, throughProxy } from '@ushadow/testing';
import { LiveRun } from './testing/live-run.ts';
import { deployment } from './testing/objects.ts';
import { SimulatedKubelet, RUNNING, UNTOUCHED, waiting } from './testing/simulated-kubelet.ts';
import { run, testConnection, uniqueName } from './testing/run-deployment.ts';
import { withoutEvents } from './testing/without-events.ts';

jest.setTimeout(60_000);

const cluster = new KubernetesTransport(testConnection());
const namespace = uniqueName('revisions');
const kubelet = new SimulatedKubelet(namespace, cluster);

const withImage = (name: string, image: string): KubeObject =>
  deployment(namespace, name, { containers: [{ name: 'main', image }] });

beforeAll(async () => {
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, { fieldManager: 'test' });
});

afterAll(async () => {
  await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name: namespace });
  await cluster.close();
});

describe('only the new revision is judged', () => {
  it('a crash loop of the old one beside a healthy new one is not this deployment’s failure', async () => {
    const before = await run([withImage('web', 'crash.invalid/app:1')], cluster);
    expect(before.result.failure?.code).toBe('CRASH_LOOP');
    const live = new LiveRun([withImage('web', UNTOUCHED)], cluster);
    const old = await cluster.list({ group: '', version: 'v1', kind: 'Pod', namespace, labelSelector: 'app=web' });
    const fresh = await kubelet.pod(
      'app=web',
      old.items.filter((pod) => JSON.stringify(pod).includes('crash.invalid')),
    );
    // The old pod still crashes while the new one starts.
    const both = await cluster.list({ group: '', version: 'v1', kind: 'Pod', namespace, labelSelector: 'app=web' });
    expect(both.items.length).toBe(2);
    await kubelet.report(fresh, RUNNING);
    expect((await live.result).verdict).toBe('succeeded');
    expect(live.codes).toEqual([]);
  });

  it('a StatefulSet whose first pod is broken takes the next revision all the same', async () => {
    const set = (image: string): KubeObject => {
      const { spec } = withImage('db', image) as unknown as { spec: object };
      return {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'db', namespace },
        spec: { ...spec, serviceName: 'db' },
      } as KubeObject;
    };
    const broken = await run([set('crash.invalid/db:1')], cluster);
    expect(broken.result.failure?.code).toBe('CRASH_LOOP');
    const { result } = await run([set('db:2')], cluster, { stallMs: 10_000 });
    expect(result).toMatchObject({ verdict: 'succeeded' });
  });
});

describe('a cause that goes away', () => {
  it('is cleared, and the deployment succeeds', async () => {
    const live = new LiveRun([withImage('slow', UNTOUCHED)], cluster);
    const pod = await kubelet.pod('app=slow');
    await kubelet.report(pod, waiting('ErrImagePull', 'manifest unknown: not found'));
    const { cause } = await live.cause('IMAGE_NOT_FOUND');
    await kubelet.report(pod, waiting('ImagePullBackOff', 'Back-off pulling image'));
    await kubelet.report(pod, RUNNING);
    const result = await live.result;
    expect(result).toMatchObject({ verdict: 'succeeded', causes: [] });
    expect(live.events).toContainEqual(
      expect.objectContaining({ type: 'cause.cleared', id: cause.id, code: 'IMAGE_NOT_FOUND' }),
    );
  });
});

describe('a rollout without end', () => {
  it('STALL_DEADLINE: says what is missing when nothing goes on', async () => {
    const { result } = await run([withImage('still', UNTOUCHED)], cluster, { stallMs: 2_000 });
    expect(result).toMatchObject({ verdict: 'failed', failure: { code: 'STALL_DEADLINE', object: { name: 'still' } } });
  });

  it('OVERALL_DEADLINE: ends in time, whatever goes on', async () => {
    const { result } = await run([withImage('late', UNTOUCHED)], cluster, { deadlineMs: 2_000 });
    expect(result).toMatchObject({
      verdict: 'failed',
      failure: { code: 'OVERALL_DEADLINE', object: { name: 'late' } },
    });
  });

  it('WORKLOAD_PAUSED: is known at once', async () => {
    const paused = deployment(namespace, 'paused', {}, { paused: true });
    expect((await run([paused], cluster)).result.failure).toMatchObject({ code: 'WORKLOAD_PAUSED' });
  });
});

describe('without any event', () => {
  it('a deployment that works succeeds, and one that crashes is known', async () => {
    const good = await run([withImage('good', 'app:1')], withoutEvents(cluster));
    expect(good.result.verdict).toBe('succeeded');
    const bad = await run([withImage('bad', 'crash.invalid/app:1')], withoutEvents(cluster));
    expect(bad.result.failure?.code).toBe('CRASH_LOOP');
    expect(bad.result.failure?.evidence.filter(({ kind }) => kind === 'event')).toEqual([]);
  });
});

describe('a cluster that contact is lost with', () => {
  it('makes the verdict unknown, not failed; the same deployment afterwards succeeds', async () => {
    const connection = testConnection();
    const { hostname, port } = new URL(connection.server);
    const proxy = await tcpProxy({ host: hostname, port: Number(port) });
    const far = new KubernetesTransport({
      ...connection,
      server: throughProxy(connection.server, proxy).replace(/\/$/, ''),
    });
    const live = new LiveRun([withImage('far', UNTOUCHED)], far, { stallMs: 3_000 });
    const pod = await kubelet.pod('app=far');
    await live.until((event) => event.type === 'object.status' && event.object.name === 'far');
    proxy.cut();
    const result = await live.result;
    expect(result).toMatchObject({ verdict: 'unknown', failure: { code: 'CLUSTER_UNREACHABLE' } });
    expect(live.events.some(({ type }) => type === 'watch.lost')).toBe(true);
    proxy.mend();
    await kubelet.report(pod, RUNNING);
    const again = await run([withImage('far', UNTOUCHED)], far);
    expect(again.result).toMatchObject({ verdict: 'succeeded', changes: [{ outcome: 'unchanged' }] });
    expect((await cluster.get(objectId(withImage('far', ''))))?.metadata.generation).toBe(1);
    await far.close();
    await proxy.close();
  });
});
