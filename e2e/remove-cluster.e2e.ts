import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { databaseDump } from './support/database-dump.ts';
import { follow, toBase64 } from './support/gateway.ts';
import { startSystem, type TestSystem } from './support/system.ts';

describe('removing a cluster (R82, B19)', () => {
  let test: TestSystem;
  let cluster_id: string;
  let deployment_id: string;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'removed');
    ({ cluster_id } = test.registered);
    await test.client.setPullSecret({
      cluster_id,
      registry: 'ghcr.io',
      username: 'robot',
      password: 'canary-password',
    });
    ({ deployment_id } = await test.client.startDeployment({ cluster_id, service_id: 'shop:cache' }));
    expect((await follow(test.system.gatewayUrl, deployment_id)).deployment.status).toBe('succeeded');
    await test.client.scanInfra({ cluster_id, namespace: test.namespace.name });
    expect(await test.client.listScans({})).toHaveLength(1);
  }, 120_000);

  afterAll(async () => {
    await test?.stop();
  });

  it('takes its credential, its registry credentials and its scans with it', async () => {
    const { message } = await test.client.deleteCluster({ cluster_id });
    expect(message).toMatch(/data keys that alone could open them/);
    for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
      if ((await test.client.listScans({})).length === 0) break;
    }
    expect(await test.client.listScans({})).toEqual([]);
    const dump = await databaseDump(test.database);
    const rowsOf = (table: string) => new RegExp(`^${table}\\n(.*)$`, 'm').exec(dump)?.[1];
    for (const table of ['clusters.clusters', 'clusters.pull_secrets', 'scans.scans']) {
      expect([table, rowsOf(table)]).toEqual([table, '']);
    }
  });

  it('keeps its deployments as history, with every event', async () => {
    const { deployments } = await test.client.listDeployments({});
    expect(deployments).toMatchObject([
      { deployment_id, target: { kind: 'kubernetes', id: cluster_id }, status: 'succeeded' },
    ]);
    expect((await test.client.listDeploymentEvents({ deployment_id })).events.at(-1)).toMatchObject({
      type: 'verdict',
    });
  });

  it('takes its stacks off the list', async () => {
    expect((await test.client.listStacks({})).stacks).toEqual([]);
    expect(await test.client.listStacks({ limit: 1 })).toEqual({ stacks: [], next_cursor: null });
  });

  it('leaves what was deployed running', async () => {
    const { status } = await test.cluster.api.get(`/apis/apps/v1/namespaces/${test.namespace.name}/deployments/cache`);
    expect(status).toBe(200);
  });

  it('refuses every further use of it, and the name is free again', async () => {
    const place = { cluster_id, namespace: test.namespace.name };
    const calls = [
      test.client.startDeployment({ ...place, service_id: 'shop:cache' }),
      test.client.scanInfra(place),
      test.client.listNodes({ cluster_id }),
      test.client.listPods({ cluster_id }),
      test.client.listPullSecrets({ cluster_id }),
      test.client.checkPermissions({ cluster_id }),
      test.client.deleteCluster({ cluster_id }),
    ];
    for (const result of await Promise.allSettled(calls)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'CLUSTER_NOT_FOUND' } });
    }
    const { name } = test.registered;
    const again = await test.client.registerCluster({ name, kubeconfig: toBase64(test.cluster.kubeconfig) });
    expect(again.cluster_id).not.toBe(cluster_id);
  });
});
