import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, DeploymentData, ProgressEventData } from '@ushadow/contracts';
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
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { follow, gatewayClient, toBase64 } from './support/gateway.ts';
import { seedAccount, type SeedAccount } from './support/seed-account.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';

/** The seed calls these rights the minimum (R93–R96). With them some things work, and the others say what they lack (D7, T9). */
describe('a cluster registered with the seed’s minimal role', () => {
  let cluster: TestCluster;
  let namespace: TestNamespace;
  let account: SeedAccount;
  let database: TestDatabase;
  let system: RunningSystem;
  let client: Client;
  let cluster_id: string;

  beforeAll(async () => {
    cluster = await testCluster();
    namespace = await testNamespace(cluster, 'minimal');
    account = await seedAccount(cluster, namespace);
    database = await testDatabase();
    const composeDirectory = fileURLToPath(new URL('minimal-rbac', import.meta.url));
    const natsUrl = (await natsFor(import.meta.url)).url;
    system = await startServices({ database, natsUrl, composeDirectory });
    client = gatewayClient(system.gatewayUrl);
  }, 120_000);

  afterAll(async () => {
    await system?.stop();
    await database?.drop();
    await account?.remove();
    await namespace?.delete();
  });

  type Spec = Parameters<Client['startDeployment']>[0]['k8s_spec'];
  const deploy = async (service_id: string, k8s_spec?: Spec) => {
    const started = await client.startDeployment({ cluster_id, service_id, k8s_spec, deadline_seconds: 60 });
    return follow(system.gatewayUrl, started.deployment_id);
  };
  const warningsOf = (events: readonly ProgressEventData[]) =>
    events.filter(({ type }) => type === 'warning').map(({ message }) => message);
  const statusOf = async (path: string) => (await cluster.api.get(path)).status;
  const workload = (name: string) => `/apis/apps/v1/namespaces/${namespace.name}/deployments/${name}`;

  it('R93–R95, R64: is connected, its nodes unknown, and hears at once what will not work', async () => {
    const registered = await client.registerCluster({
      name: 'minimal',
      kubeconfig: toBase64(account.kubeconfig),
      namespace: namespace.name,
    });
    cluster_id = registered.cluster_id;
    expect(registered).toMatchObject({ status: 'connected', node_count: null });
    expect(registered.warnings.map(({ code }) => code)).toContain('RIGHTS_MISSING');
    const lacking = registered.permissions?.features.filter(({ available }) => !available) ?? [];
    for (const { missing, yaml } of lacking) {
      expect(missing).not.toEqual([]);
      expect(yaml).toContain('RoleBinding');
    }
  });

  it('deploys what needs no other right, and says which kinds it could not watch', async () => {
    const { deployment, events } = await deploy('shop:cache');
    expect(deployment.status).toBe('succeeded');
    expect(await statusOf(workload('cache'))).toBe(200);
    for (const kind of ['Pod', 'Event', 'ReplicaSet']) {
      expect(warningsOf(events)).toContainEqual(
        expect.stringMatching(new RegExp(`^${kind} objects cannot be seen: .*forbidden`)),
      );
    }
  }, 90_000);

  it('R13: refuses to begin what it could not finish, naming the right that is missing, and writes nothing', async () => {
    const { deployment } = await deploy('shop:web');
    expect(deployment.verdict).toMatchObject({
      status: 'failed',
      code: 'PERMISSION_DENIED',
      reason: expect.stringMatching(/persistentvolumeclaims.*is forbidden.*cannot patch resource/),
      remedy: expect.stringMatching(/permission/),
    });
    expect(await statusOf(workload('web'))).toBe(404);
    expect(await statusOf(`/api/v1/namespaces/${namespace.name}/services/web`)).toBe(404);
  }, 90_000);

  it('says that it may not remove what a deployment no longer wants, and keeps the service running', async () => {
    const ingress = `/apis/networking.k8s.io/v1/namespaces/${namespace.name}/ingresses/cache`;
    const with_ = await deploy('shop:cache', { ingress: { enabled: true, host: 'cache.example' } });
    expect([with_.deployment.status, await statusOf(ingress)]).toEqual(['succeeded', 200]);
    const { deployment, events } = await deploy('shop:cache');
    expect(JSON.stringify([deployment, events])).toMatch(/cannot delete resource \\"ingresses\\"/);
    expect(await statusOf(ingress)).toBe(200);
    expect(await statusOf(workload('cache'))).toBe(200);
  }, 90_000);

  it('R47: scans by what it may list, and names the rule for each kind it may not', async () => {
    const scan = await client.scanInfra({ cluster_id, namespace: namespace.name });
    expect(scan.infra_services['redis']).toMatchObject({ found: true, service_name: 'cache', ready: null });
    for (const resource of ['pods', 'endpointslices', 'statefulsets', 'daemonsets']) {
      expect(JSON.stringify(scan)).toMatch(new RegExp(`${resource} may not be listed.*${resource}`));
    }
  });

  it('names the missing right for nodes and for pods', async () => {
    await expect(client.listNodes({ cluster_id })).rejects.toMatchObject({
      code: 'CLUSTER_REFUSED',
      message: expect.stringMatching(/cannot list resource "nodes"/),
    });
    await expect(client.listPods({ cluster_id })).rejects.toMatchObject({
      code: 'CLUSTER_REFUSED',
      message: expect.stringMatching(/cannot list resource "pods"/),
    });
  });

  it('B7: with the YAML it gives, everything works', async () => {
    const { features } = await client.checkPermissions({ cluster_id });
    for (const { yaml, optional } of features) {
      if (optional || yaml === null) continue;
      for (const document of parseAllDocuments(yaml)) {
        const object = document.toJS() as { kind: string };
        const path = `${RBAC}/namespaces/${namespace.name}/${object.kind.toLowerCase()}s`;
        expect((await cluster.api.post(path, object)).status).toBe(201);
      }
    }
    let open: string[] = ['?'];
    for (const deadline = Date.now() + 10_000; open.length > 0 && Date.now() < deadline;) {
      const now = await client.checkPermissions({ cluster_id });
      open = now.features.filter(({ available, optional }) => !available && !optional).map(({ feature }) => feature);
    }
    expect(open).toEqual([]);
    const outcomes: DeploymentData['status'][] = [];
    for (const service of ['shop:web', 'shop:cache']) {
      const { deployment, events } = await deploy(service);
      outcomes.push(deployment.status);
      expect(warningsOf(events).filter((text) => text.includes('forbidden'))).toEqual([]);
    }
    expect(outcomes).toEqual(['succeeded', 'succeeded']);
    const scan = await client.scanInfra({ cluster_id, namespace: namespace.name });
    expect(JSON.stringify(scan)).not.toContain('may not be listed in namespace');
    expect((await client.listPods({ cluster_id })).pods).not.toEqual([]);
  }, 120_000);
});
