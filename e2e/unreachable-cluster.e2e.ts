import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentData } from '@ushadow/contracts';
import { tcpProxy, throughProxy, type TcpProxy } from '@ushadow/testing';
import { toBase64 } from './support/gateway.ts';
import { makeFolder, runShell } from './support/shell.ts';
import { until } from './faults/support/until.ts';
import { ended, live, startSystem, untilStage, type TestSystem } from './support/system.ts';

/** Pods that select this wait until a node has it. */
const HOLD = 'ushadow.test/unreachable-cluster';
const held = (value: string) => ({ node_selector: { [HOLD]: value } });

describe('a deployment whose cluster is lost from sight', () => {
  let test: TestSystem;
  let proxy: TcpProxy;
  let clusterId: string;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'unreachable-cluster');
    const { kubeconfig, server } = test.cluster;
    const { hostname, port } = new URL(server);
    proxy = await tcpProxy({ host: hostname, port: Number(port) });
    const through = kubeconfig.replace(server, throughProxy(server, proxy).replace(/\/$/, ''));
    const registered = await test.client.registerCluster({
      name: 'far away',
      kubeconfig: toBase64(through),
      namespace: test.namespace.name,
      allow_duplicate: true,
    });
    clusterId = registered.cluster_id;
  });

  afterAll(async () => {
    await label(null);
    proxy.mend();
    await test.stop();
    await proxy.close();
  });

  async function label(value: string | null): Promise<void> {
    const { items } = (await test.cluster.api.get('/api/v1/nodes')).body as { items: { metadata: { name: string } }[] };
    const name = items[0]?.metadata.name ?? '';
    const labels = value === null ? {} : { [HOLD]: value };
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } };
    await test.cluster.api.apply(`/api/v1/nodes/${name}`, node, 'unreachable-cluster');
  }

  const lose = async (value: string): Promise<string> => {
    const { deployment_id: id } = await test.client.startDeployment({
      cluster_id: clusterId,
      service_id: 'shop:web',
      k8s_spec: held(value),
      stall_seconds: 5,
    });
    await untilStage(test, id, 'wait');
    proxy.cut();
    const deployment = await ended(test, { deployment_id: id });
    expect(deployment).toMatchObject({ status: 'unknown', verdict: { code: 'CLUSTER_UNREACHABLE' } });
    expect(deployment.verdict?.rollback).toBeUndefined();
    return id;
  };
  const settled = async (id: string): Promise<DeploymentData> => {
    const limit = Date.now() + 90_000;
    for (;;) {
      const deployment = await test.client.getDeployment({ deployment_id: id });
      if (deployment.status !== 'unknown') return deployment;
      if (Date.now() > limit) throw new Error('it was never settled');
    }
  };

  it('ends unknown rather than failed, and is settled when the cluster is in sight again: it runs', async () => {
    const id = await lose('yes');
    await label('yes');
    proxy.mend();
    const deployment = await settled(id);
    const services = { web: { status: 'succeeded' } };
    expect(deployment).toMatchObject({
      status: 'succeeded',
      verdict: { code: null, services, settled: { from: 'unknown' } },
    });
    const { events } = await test.client.listDeploymentEvents({ deployment_id: id });
    expect(events.filter(({ type }) => type === 'verdict')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'settled' });
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    const { entries } = await test.client.listAudit({ deployment_id: id });
    expect(entries.map(({ action }) => action)).toEqual([
      'deployment.settled',
      'deployment.finished',
      'deployment.requested',
    ]);
    const { stack_id } = await test.client.getDeployment({ deployment_id: id });
    expect((await test.client.getHistory({ stack_id })).revisions[0]).toMatchObject({ current: true });
  });

  it('is settled as failed when what was wanted is not there, and nothing is written for that', async () => {
    const id = await lose('never');
    const path = `/api/v1/namespaces/${test.namespace.name}/configmaps/web-config`;
    const metadata = { name: 'web-config', namespace: test.namespace.name };
    const other = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { GREETING: 'other' } };
    await test.cluster.api.apply(path, other, 'ushadow');
    proxy.mend();
    const deployment = await settled(id);
    expect(deployment).toMatchObject({
      status: 'failed',
      verdict: { code: 'INCOMPLETE', services: { web: { status: 'failed' } }, settled: { from: 'unknown' } },
    });
    expect((await live(test, 'configmaps', 'web-config'))?.data).toEqual({ GREETING: 'other' });
  });

  it('is shown within three seconds as it was last seen while its API server hangs', async () => {
    const { stacks } = await test.client.listStacks({ cluster_id: clusterId });
    const stack_id = stacks[0]?.stack_id ?? '';
    const seen = await test.client.getStack({ stack_id });
    expect(seen.services[0]?.health).toMatchObject({ stale: false });
    proxy.blackhole();
    // What was seen a moment ago counts as now for a while.
    for (;;) {
      const begun = performance.now();
      const { services } = await test.client.getStack({ stack_id });
      expect(performance.now() - begun).toBeLessThan(3_000);
      if (services[0]?.health.stale === true) {
        const { state } = seen.services[0]?.health ?? {};
        expect(services[0].health).toMatchObject({ state, at: expect.any(String) });
        break;
      }
    }
    const folder = await makeFolder('anywhere', { 'notes.txt': '' });
    const begun = performance.now();
    const { out, code } = await runShell(['ps', '-p', 'shop', '-n', test.namespace.name, '-c', 'far away'], {
      gatewayUrl: test.system.gatewayUrl,
      cwd: folder.path,
    }).finally(folder.delete);
    expect(performance.now() - begun).toBeLessThan(6_000);
    expect({ out, code }).toEqual({ out: expect.stringContaining('last seen '), code: 0 });
    proxy.mend();
  });

  it('§2.10.4 list: has every namespace that was deployed to, and tells as stale what is out of sight', async () => {
    const namespaces = [test.namespace.name, `${test.namespace.name}-two`];
    const begun = await test.client.startDeployment({
      cluster_id: clusterId,
      service_id: 'shop:cache',
      namespace: namespaces[1],
    });
    expect(await ended(test, begun)).toMatchObject({ status: 'succeeded' });
    const listed = async () => {
      const { stacks } = await test.client.listStacks({ cluster_id: clusterId });
      return stacks.map(({ namespace, health }) => ({ namespace, stale: health.stale }));
    };
    const all = (stale: boolean) => expect.arrayContaining(namespaces.map((namespace) => ({ namespace, stale })));
    // What was seen a moment ago counts as now for a while.
    const listedAs = (stale: boolean) =>
      until(
        `all as ${stale ? 'stale' : 'seen'}`,
        async () => (await listed()).every((each) => each.stale === stale) || undefined,
        60_000,
      );
    await listedAs(false);
    expect(await listed()).toEqual(all(false));
    proxy.blackhole();
    await listedAs(true);
    expect(await listed()).toEqual(all(true));
    proxy.mend();
    await test.cluster.api.delete(`/api/v1/namespaces/${namespaces[1] ?? ''}`);
  });
});
