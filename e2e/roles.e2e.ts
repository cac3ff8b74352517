import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { events } from '@ushadow/contracts';
import { toBase64 } from './support/gateway.ts';
import { deploy, ended, live, sql, startSystem, type TestSystem } from './support/system.ts';

describe('a deployer that only answers requests, and workers beside it', () => {
  let test: TestSystem;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'roles', {
      env: { 'deployer-service': { WORKER_CONCURRENCY: '0', LEASE_SECONDS: '4' } },
    });
  });

  afterAll(async () => {
    await test.stop();
  });

  let orphan: { readonly deployment_id: string };

  /** Nobody can carry it out any more. */
  async function beginInRemovedCluster(): Promise<{ readonly deployment_id: string }> {
    const { client, cluster, namespace } = test;
    const kubeconfig = toBase64(cluster.kubeconfig);
    const { cluster_id } = await client.registerCluster({ name: 'removed', kubeconfig, allow_duplicate: true });
    const place = { cluster_id, namespace: `${namespace.name}-removed` };
    const begun = await client.startDeployment({ ...place, service_id: 'shop:cache' });
    await client.deleteCluster({ cluster_id });
    return begun;
  }

  it('takes deployments in and cancels them without any worker; workers take what is left when they come', async () => {
    const { client, registered } = test;
    const start = (service_id: string) => client.startDeployment({ cluster_id: registered.cluster_id, service_id });
    const [kept, cancelled] = [await start('shop:web'), await start('shop:cache')];
    orphan = await beginInRemovedCluster();
    await client.cancelDeployment({ deployment_id: cancelled.deployment_id });
    expect(await ended(test, cancelled)).toMatchObject({ status: 'cancelled', attempt: 0 });
    expect(await client.getDeployment({ deployment_id: kept.deployment_id })).toMatchObject({ status: 'pending' });
    await test.system.add('deployer-service', { WORKER_CONCURRENCY: '4', CLUSTER_CONCURRENCY: '1' });
    expect(await ended(test, kept)).toMatchObject({ status: 'succeeded', attempt: 1 });
  });

  it('R103: is found in the log by its words where it failed, with service, cluster, namespace, request and stack', async () => {
    const deployment = await ended(test, orphan);
    expect(deployment).toMatchObject({ status: 'failed', verdict: { code: 'CLUSTER_NOT_FOUND' } });
    const lines = test.system
      .logs('deployer-service')
      .split('\n')
      .filter((line) => line.includes('deployment of ') && line.includes(orphan.deployment_id))
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    const named = {
      services: ['cache'],
      cluster: deployment.target.id,
      namespace: deployment.namespace,
      requestId: deployment.request_id,
    };
    expect(lines).toContainEqual(
      expect.objectContaining({ ...named, level: 50, msg: 'deployment of shop/cache failed: CLUSTER_NOT_FOUND' }),
    );
    const thrown = lines.find(({ err }) => err !== undefined);
    expect(thrown).toMatchObject(named);
    expect((thrown?.['err'] as { stack: string }).stack).toMatch(/\n {4}at .+:\d+:\d+/);
  });

  it('works off more deployments than a cluster may have at once, one after the other', async () => {
    const { client, registered, namespace } = test;
    const names = [0, 1, 2, 3].map((at) => `${namespace.name}-${String(at)}`);
    const begun = await Promise.all(
      names.map((name) =>
        client.startDeployment({ cluster_id: registered.cluster_id, service_id: 'shop:cache', namespace: name }),
      ),
    );
    const all = await Promise.all(begun.map((each) => ended(test, each)));
    expect(all.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded']);
    const inOrder = [...all].sort((a, b) => Date.parse(a.started_at ?? '') - Date.parse(b.started_at ?? ''));
    for (const [at, each] of inOrder.entries()) {
      const before = inOrder[at - 1]?.finished_at ?? each.created_at;
      expect(Date.parse(each.started_at ?? '')).toBeGreaterThanOrEqual(Date.parse(before));
    }
    for (const name of names) await test.cluster.api.delete(`/api/v1/namespaces/${name}`);
  });

  it('goes on after its database was put back to an earlier state, though the cluster knows later epochs', async () => {
    // The service is to have an epoch above those that are given next.
    await deploy(test, { service_id: 'shop:web', env_vars: { GREETING: 'before the restore' } });
    await sql(test.database, `SELECT setval('deployments.lease_epoch', 1)`);
    const { deployment } = await deploy(test, { service_id: 'shop:web', env_vars: { GREETING: 'after the restore' } });
    expect(deployment.status).toBe('succeeded');
    expect(deployment.attempt).toBeGreaterThan(1);
    expect(test.system.logs('deployer-service')).toContain('was written under epoch');
    expect((await live(test, 'configmaps', 'web-config'))?.data).toMatchObject({ GREETING: 'after the restore' });
  });

  it('shows what came to the job queue and was no job', async () => {
    const { host, username, password } = new URL(test.system.settings.natsUrl);
    const connection = await connect({ servers: host, user: username, pass: password });
    await jetstream(connection).publish(events.deployRequested.subject, JSON.stringify({ deployment_id: 'nonsense' }));
    await connection.close();
    const limit = Date.now() + 20_000;
    for (;;) {
      const { dead_letters } = await test.client.listDeadLetters({});
      if (dead_letters.length > 0 || Date.now() > limit) {
        expect(dead_letters).toMatchObject([{ deployment_id: null, deliveries: 1 }]);
        return;
      }
    }
  });
});
