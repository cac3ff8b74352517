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
import { databaseDump } from './support/database-dump.ts';
import { composeDirectory, follow, gatewayClient, toBase64 } from './support/gateway.ts';

describe('removing a cluster (R82, B19)', () => {
  let cluster: TestCluster;
  let namespace: TestNamespace;
  let database: TestDatabase;
  let system: RunningSystem;
  let client: Client;
  let cluster_id: string;
  let deployment_id: string;

  const register = async () =>
    (
      await client.registerCluster({
        name: 'removed',
        kubeconfig: toBase64(cluster.kubeconfig),
        namespace: namespace.name,
      })
    ).cluster_id;

  beforeAll(async () => {
    cluster = await testCluster();
    namespace = await testNamespace(cluster, 'removed');
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    system = await startServices({ database, natsUrl, composeDirectory });
    client = gatewayClient(system.gatewayUrl);
    cluster_id = await register();
    await client.setPullSecret({ cluster_id, registry: 'ghcr.io', username: 'robot', password: 'canary-password' });
    ({ deployment_id } = await client.startDeployment({ cluster_id, service_id: 'shop:cache' }));
    expect((await follow(system.gatewayUrl, deployment_id)).deployment.status).toBe('succeeded');
    await client.scanInfra({ cluster_id, namespace: namespace.name });
    expect(await client.listScans({})).toHaveLength(1);
  }, 120_000);

  afterAll(async () => {
    await system?.stop();
    await database?.drop();
    await namespace?.delete();
  });

  it('takes its credential, its registry credentials and its scans with it', async () => {
    const { message } = await client.deleteCluster({ cluster_id });
    expect(message).toMatch(/data keys that alone could open them/);
    for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
      if ((await client.listScans({})).length === 0) break;
    }
    expect(await client.listScans({})).toEqual([]);
    const dump = await databaseDump(database);
    const rowsOf = (table: string) => new RegExp(`^${table}\\n(.*)$`, 'm').exec(dump)?.[1];
    for (const table of ['clusters.clusters', 'clusters.pull_secrets', 'scans.scans']) {
      expect([table, rowsOf(table)]).toEqual([table, '']);
    }
  });

  it('keeps its deployments as history, with every event', async () => {
    const { deployments } = await client.listDeployments({});
    expect(deployments).toMatchObject([{ deployment_id, cluster_id, status: 'succeeded' }]);
    expect((await client.listDeploymentEvents({ deployment_id })).events.at(-1)).toMatchObject({ type: 'verdict' });
  });

  it('leaves what was deployed running', async () => {
    const { status } = await cluster.api.get(`/apis/apps/v1/namespaces/${namespace.name}/deployments/cache`);
    expect(status).toBe(200);
  });

  it('refuses every further use of it, and the name is free again', async () => {
    const place = { cluster_id, namespace: namespace.name };
    const calls = [
      client.startDeployment({ ...place, service_id: 'shop:cache' }),
      client.scanInfra(place),
      client.listNodes({ cluster_id }),
      client.listPods({ cluster_id }),
      client.listPullSecrets({ cluster_id }),
      client.checkPermissions({ cluster_id }),
      client.deleteCluster({ cluster_id }),
    ];
    for (const result of await Promise.allSettled(calls)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'CLUSTER_NOT_FOUND' } });
    }
    expect(await register()).not.toBe(cluster_id);
  });
});
