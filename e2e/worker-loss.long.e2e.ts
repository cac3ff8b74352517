import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { follow } from './support/gateway.ts';
import { startSystem, type TestSystem } from './support/system.ts';

const HOLD = 'ushadow.test/worker-loss';

describe('a deployment whose worker is lost', () => {
  let test: TestSystem;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'worker-loss', { env: { 'deployer-service': { LEASE_SECONDS: '4' } } });
  });

  afterAll(async () => {
    await label(null);
    await test.stop();
  });

  /** Pods that select this label wait until a node has it. */
  async function label(value: string | null): Promise<void> {
    const nodes = (await test.cluster.api.get('/api/v1/nodes')).body as { items: { metadata: { name: string } }[] };
    const [node] = nodes.items;
    const name = node?.metadata.name ?? '';
    const labels = value === null ? {} : { [HOLD]: value };
    await test.cluster.api.apply(
      `/api/v1/nodes/${name}`,
      { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } },
      'worker-loss',
    );
  }

  it.each(['KILL', 'TERM'] as const)('is finished by another worker after SIG%s', async (signal) => {
    await label(null);
    const service = signal === 'KILL' ? 'shop:cache' : 'shop:web';
    const { deployment_id: id } = await test.client.startDeployment({
      cluster_id: test.registered.cluster_id,
      service_id: service,
      k8s_spec: { node_selector: { [HOLD]: 'yes' } },
    });
    const [victim] = test.system.processes('deployer-service');
    let waiting: () => void = () => undefined;
    const reachedWait = new Promise<void>((resolve) => (waiting = resolve));
    const followed = follow(test.system.gatewayUrl, id, {
      seen: (event) => {
        if (event.type === 'stage.started' && event.data['stage'] === 'wait') waiting();
      },
    });
    await reachedWait;
    victim?.process.signal(signal);
    await victim?.process.exited;
    await label('yes');
    await test.system.add('deployer-service');
    const { deployment, events } = await followed;
    expect(deployment).toMatchObject({ status: 'succeeded', attempt: 2 });
    expect(events.filter((event) => event.type === 'verdict')).toHaveLength(1);
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
  });

  it('is gone on with by another replica within a second of SIGTERM, with no attempt counted as a loss', async () => {
    await label(null);
    const [first] = test.system.processes('deployer-service');
    const { deployment_id: id } = await test.client.startDeployment({
      cluster_id: test.registered.cluster_id,
      service_id: 'shop:web',
      k8s_spec: { node_selector: { [HOLD]: 'again' } },
    });
    let waiting: () => void = () => undefined;
    let takenOver: () => void = () => undefined;
    const reachedWait = new Promise<void>((resolve) => (waiting = resolve));
    const goesOn = new Promise<void>((resolve) => (takenOver = resolve));
    const followed = follow(test.system.gatewayUrl, id, {
      seen: (event) => {
        if (event.type === 'stage.started' && event.data['stage'] === 'wait') waiting();
        if (event.attempt > 1) takenOver();
      },
    });
    await reachedWait;
    await test.system.add('deployer-service');
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
