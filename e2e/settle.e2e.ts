import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, ProgressEventData } from '@ushadow/contracts';
import {
  natsFor,
  startServices,
  tcpProxy,
  testCluster,
  testDatabase,
  testNamespace,
  throughProxy,
  type RunningSystem,
  type TcpProxy,
  type TestCluster,
  type TestDatabase,
  type TestNamespace,
} from '@ushadow/testing';
import { follow, gatewayClient, toBase64 } from './support/gateway.ts';

const COMPOSE = 'services:\n  app:\n    image: untouched.invalid/app:1\n';

describe('a deployment whose cluster is lost from sight', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ushadow-settle-'));
  let cluster: TestCluster;
  let namespace: TestNamespace;
  let database: TestDatabase;
  let proxy: TcpProxy;
  let system: RunningSystem;
  let client: Client;
  let clusterId: string;

  beforeAll(async () => {
    writeFileSync(join(folder, 'far.yaml'), COMPOSE);
    cluster = await testCluster();
    namespace = await testNamespace(cluster, 'settle');
    database = await testDatabase();
    const { hostname, port } = new URL(cluster.server);
    proxy = await tcpProxy({ host: hostname, port: Number(port) });
    const env = { 'deployer-service': { SETTLE_SECONDS: '1' } };
    system = await startServices({
      database,
      natsUrl: (await natsFor(import.meta.url)).url,
      composeDirectory: folder,
      env,
    });
    client = gatewayClient(system.gatewayUrl);
    const far = throughProxy(cluster.server, proxy).replace(/\/$/, '');
    const kubeconfig = toBase64(cluster.kubeconfig.replaceAll(cluster.server, far));
    clusterId = (await client.registerCluster({ name: 'far', kubeconfig, namespace: namespace.name })).cluster_id;
  });

  afterAll(async () => {
    await system.stop();
    await proxy.close();
    await database.drop();
    await namespace.delete();
    rmSync(folder, { recursive: true, force: true });
  });

  const pods = async (): Promise<{ metadata: { name: string }; spec: { nodeName?: string } }[]> => {
    const { body } = await cluster.api.get(`/api/v1/namespaces/${namespace.name}/pods`);
    return (body as { items: { metadata: { name: string }; spec: { nodeName?: string } }[] }).items;
  };
  /** What a node's agent would write once the container runs. */
  const run = async (name: string): Promise<void> => {
    const ready = ['Initialized', 'ContainersReady', 'Ready'].map((type) => ({ type, status: 'True' }));
    const container = { name: 'app', image: 'i', imageID: '', ready: true, started: true, restartCount: 0 };
    const status = {
      phase: 'Running',
      conditions: ready,
      containerStatuses: [{ ...container, state: { running: {} } }],
    };
    const path = `/api/v1/namespaces/${namespace.name}/pods/${name}/status`;
    await cluster.api.apply(
      path,
      { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: namespace.name }, status },
      'kubelet',
    );
  };
  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await delay(100);
    }
  };

  it('ends unknown, and is settled once the cluster is back: nothing is written for it', async () => {
    const { deployment_id: id } = await client.startDeployment({
      cluster_id: clusterId,
      service_id: 'far:app',
      deadline_seconds: 8,
    });
    const isApplied = ({ type, data }: ProgressEventData): boolean =>
      type === 'object.status' && (data['object'] as { kind?: string }).kind === 'Deployment';
    const followed = follow(system.gatewayUrl, id, { seen: (event) => void (isApplied(event) && proxy.cut()) });
    const { deployment, events } = await followed;
    expect(deployment).toMatchObject({ status: 'unknown', verdict: { code: 'CLUSTER_UNREACHABLE' } });

    const [pod] = await until(async () => {
      const found = await pods();
      return found[0]?.spec.nodeName === undefined ? undefined : found;
    });
    await run(pod?.metadata.name ?? '');
    proxy.mend();
    const settled = await until(async () => {
      const now = await client.getDeployment({ deployment_id: id });
      return now.status === 'unknown' ? undefined : now;
    });
    expect(settled).toMatchObject({ status: 'succeeded', verdict: { status: 'succeeded' } });
    const { events: stored } = await client.listDeploymentEvents({ deployment_id: id });
    expect(stored.map(({ sequence }) => sequence)).toEqual(stored.map((_, index) => index + 1));
    expect(stored.slice(events.length).map(({ type }) => type)).toEqual(['settled']);
  });
});
