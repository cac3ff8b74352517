import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import {
  natsFor,
  startServices,
  testCluster,
  testDatabase,
  testNamespace,
  type RunningSystem,
  type TestCluster,
  type TestDatabase,
  type TestNamespace,
} from '@ushadow/testing';
import { composeDirectory, follow, gatewayClient, toBase64 } from './support/gateway.ts';

const HOLD = 'ushadow.test/worker-loss';

describe('a deployment whose worker is lost', () => {
  let cluster: TestCluster;
  let namespace: TestNamespace;
  let database: TestDatabase;
  let system: RunningSystem;
  let client: Client;
  let clusterId: string;

  beforeAll(async () => {
    cluster = await testCluster();
    namespace = await testNamespace(cluster, 'worker-loss');
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    system = await startServices({
      database,
      natsUrl,
      composeDirectory,
      env: { 'deployer-service': { LEASE_SECONDS: '4' } },
    });
    client = gatewayClient(system.gatewayUrl);
    clusterId = (
      await client.registerCluster({
        name: 'bench',
        kubeconfig: toBase64(cluster.kubeconfig),
        namespace: namespace.name,
      })
    ).cluster_id;
  });

  afterAll(async () => {
    await label(null);
    await system.stop();
    await database.drop();
    await namespace.delete();
  });

  /** Pods that select this label wait until a node has it. */
  async function label(value: string | null): Promise<void> {
    const nodes = (await cluster.api.get('/api/v1/nodes')).body as { items: { metadata: { name: string } }[] };
    const [node] = nodes.items;
    const name = node?.metadata.name ?? '';
    const labels = value === null ? {} : { [HOLD]: value };
    await cluster.api.apply(
      `/api/v1/nodes/${name}`,
      { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } },
      'worker-loss',
    );
  }

  it.each(['KILL', 'TERM'] as const)('is finished by another worker after SIG%s', async (signal) => {
    await label(null);
    const service = signal === 'KILL' ? 'shop:cache' : 'shop:web';
    const { deployment_id: id } = await client.startDeployment({
      cluster_id: clusterId,
      service_id: service,
      k8s_spec: { node_selector: { [HOLD]: 'yes' } },
    });
    const [victim] = system.processes('deployer-service');
    let waiting: () => void = () => undefined;
    const reachedWait = new Promise<void>((resolve) => (waiting = resolve));
    const followed = follow(system.gatewayUrl, id, {
      seen: (event) => {
        if (event.type === 'stage.started' && event.data['stage'] === 'wait') waiting();
      },
    });
    await reachedWait;
    victim?.process.signal(signal);
    await victim?.process.exited;
    await label('yes');
    await system.add('deployer-service');
    const { deployment, events } = await followed;
    expect(deployment).toMatchObject({ status: 'succeeded', attempt: 2 });
    expect(events.filter((event) => event.type === 'verdict')).toHaveLength(1);
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
  });

  it('is gone on with by another replica within a second of SIGTERM, with no attempt counted as a loss', async () => {
    await label(null);
    const [first] = system.processes('deployer-service');
    const { deployment_id: id } = await client.startDeployment({
      cluster_id: clusterId,
      service_id: 'shop:web',
      k8s_spec: { node_selector: { [HOLD]: 'again' } },
    });
    let waiting: () => void = () => undefined;
    let takenOver: () => void = () => undefined;
    const reachedWait = new Promise<void>((resolve) => (waiting = resolve));
    const goesOn = new Promise<void>((resolve) => (takenOver = resolve));
    const followed = follow(system.gatewayUrl, id, {
      seen: (event) => {
        if (event.type === 'stage.started' && event.data['stage'] === 'wait') waiting();
        if (event.attempt > 1) takenOver();
      },
    });
    await reachedWait;
    await system.add('deployer-service');
    const at = performance.now();
    first?.process.signal('TERM');
    await goesOn;
    expect(performance.now() - at).toBeLessThan(1_000);
    await label('again');
    const { deployment } = await followed;
    expect(deployment).toMatchObject({ status: 'succeeded', attempt: 2 });
    await first?.process.exited;
  });
});
