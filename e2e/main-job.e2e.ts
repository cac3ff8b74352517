import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SseParser, type Client } from '@ushadow/contracts';
import { parse } from 'yaml';
import { follow, toBase64 } from './support/gateway.ts';
import { startSystem, type TestSystem } from './support/system.ts';

const CANARY = 'canary-typed-by-the-user';

describe('the main job: a Compose service becomes running pods', () => {
  let test: TestSystem;
  const answers: string[] = [];

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'main-job');
    answers.push(JSON.stringify(test.registered));
  });

  afterAll(async () => {
    await test.stop();
  });

  const deploy = async (input: Partial<Parameters<Client['startDeployment']>[0]> = {}) => {
    const started = await test.client.startDeployment({
      cluster_id: test.registered.cluster_id,
      service_id: 'shop:web',
      ...input,
    });
    const followed = await follow(test.system.gatewayUrl, started.deployment_id);
    answers.push(JSON.stringify(started), JSON.stringify(followed));
    return { started, ...followed };
  };
  const live = async (
    path: string,
  ): Promise<{
    metadata: { resourceVersion: string; generation?: number };
    spec?: unknown;
    data?: Record<string, string>;
  }> => {
    const { status, body } = await test.cluster.api.get(path);
    expect(status).toBe(200);
    return body as never;
  };

  it('registers a cluster after a live check and shows its version and nodes (R79, R62–R64)', () => {
    expect(test.registered).toMatchObject({
      status: 'connected',
      server: test.cluster.server,
      namespace: test.namespace.name,
    });
    expect(test.registered.version).toMatch(/^v1\./);
    expect(test.registered.node_count).toBeGreaterThan(0);
  });

  it('lists the services of the Compose files, and the file that does not parse with its place (R84)', async () => {
    const { services, problems } = await test.client.listServices({});
    expect(services.map((service) => service.service_id)).toEqual(['shop:web', 'shop:cache', 'shop:only-built']);
    expect(services[0]).toMatchObject({
      display_name: 'Shop front',
      requires: ['cache'],
      namespace: 'shop',
      deployable: true,
    });
    expect(services[2]).toMatchObject({ deployable: false });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: 'broken.yaml' });
    expect(problems[0]?.diagnostics[0]).toMatchObject({
      file: 'broken.yaml',
      line: expect.any(Number),
      column: expect.any(Number),
    });
  });

  it('lists infrastructure services by image (R85)', async () => {
    const { services } = await test.client.listInfraServices({});
    expect(services).toEqual([expect.objectContaining({ service_id: 'shop:cache', type: 'redis' })]);
  });

  it('deploys a service and says succeeded only when its pods run (R24, R87)', async () => {
    const { deployment, events } = await deploy({ env_vars: { API_TOKEN: CANARY } });
    expect(deployment).toMatchObject({ status: 'succeeded', namespace: test.namespace.name, services: ['web'] });
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
    const { pods } = await test.client.listPods({ cluster_id: test.registered.cluster_id, service_name: 'web' });
    expect(pods).toEqual([expect.objectContaining({ status: 'Running' })]);
    const base = `/api/v1/namespaces/${test.namespace.name}`;
    expect((await live(`${base}/configmaps/web-config`)).data).toMatchObject({ GREETING: 'hello' });
    expect((await live(`${base}/secrets/web-secrets`)).data).toMatchObject({ API_TOKEN: toBase64(CANARY) });
    await live(`${base}/services/web`);
    await live(`/apis/apps/v1/namespaces/${test.namespace.name}/deployments/web`);
  });

  it('writes by server-side apply under the field manager ushadow, by the audit log', async () => {
    const audit = await test.cluster.audit();
    if (audit === undefined) return;
    const writes = audit.filter(
      ({ objectRef, userAgent, verb, requestURI }) =>
        objectRef?.namespace === test.namespace.name &&
        userAgent?.startsWith('ushadow') &&
        ['create', 'update', 'patch', 'delete'].includes(verb) &&
        !requestURI.includes('dryRun=All') &&
        !requestURI.includes('/apis/authorization.k8s.io/'),
    );
    const applied = writes.filter((entry) => entry.verb === 'patch');
    expect(applied.length).toBeGreaterThan(0);
    for (const entry of applied) expect(entry.requestURI).toMatch(/fieldManager=ushadow/);
    expect(writes.filter((entry) => entry.verb !== 'patch')).toEqual([]);
  });

  it('changes no object when the same is deployed again', async () => {
    const paths = [
      `/apis/apps/v1/namespaces/${test.namespace.name}/deployments/web`,
      `/api/v1/namespaces/${test.namespace.name}/configmaps/web-config`,
      `/api/v1/namespaces/${test.namespace.name}/secrets/web-secrets`,
      `/api/v1/namespaces/${test.namespace.name}/services/web`,
    ];
    const before = await Promise.all(paths.map(live));
    const { deployment } = await deploy({ env_vars: { API_TOKEN: CANARY } });
    expect(deployment.status).toBe('succeeded');
    const after = await Promise.all(paths.map(live));
    expect(after.map((object) => object.metadata.resourceVersion)).toEqual(
      before.map((object) => object.metadata.resourceVersion),
    );
  });

  it('says failed with the reason, by its deadline, when pods never get ready', async () => {
    const { deployment } = await deploy({
      service_id: 'shop:cache',
      deadline_seconds: 10,
      k8s_spec: { node_selector: { 'ushadow.test/nowhere': 'true' } },
    });
    expect(deployment).toMatchObject({ status: 'failed', services: ['cache'] });
    expect(deployment.verdict?.reason).toMatch(/schedul|ready|node/i);
    expect(deployment.verdict?.object).toMatch(/cache/);
  });

  it('goes back to the last good state when an update fails, and says so', async () => {
    const path = `/apis/apps/v1/namespaces/${test.namespace.name}/deployments/web`;
    const workload = async () =>
      (await live(path)).spec as { template: { spec: { nodeSelector?: Record<string, string> } } };
    const { deployment } = await deploy({
      env_vars: { API_TOKEN: CANARY },
      deadline_seconds: 8,
      k8s_spec: { node_selector: { 'ushadow.test/nowhere': 'true' } },
    });
    expect(deployment).toMatchObject({ status: 'failed', verdict: { rollback: { status: 'succeeded' } } });
    expect((await workload()).template.spec.nodeSelector).toBeUndefined();
    const { pods } = await test.client.listPods({ cluster_id: test.registered.cluster_id, service_name: 'web' });
    expect(pods.map((pod) => pod.status)).toContain('Running');
  });

  it('removes what a later deployment no longer wants', async () => {
    const path = `/apis/networking.k8s.io/v1/namespaces/${test.namespace.name}/ingresses/web`;
    const env_vars = { API_TOKEN: CANARY };
    await deploy({ env_vars, k8s_spec: { ingress: { enabled: true, host: 'shop.example' } } });
    expect((await test.cluster.api.get(path)).status).toBe(200);
    const { deployment } = await deploy({ env_vars });
    expect(deployment.status).toBe('succeeded');
    expect((await test.cluster.api.get(path)).status).toBe(404);
  });

  it('replays the same events that were sent live (B12)', async () => {
    const { started, events } = await deploy();
    const { events: stored } = await test.client.listDeploymentEvents({ deployment_id: started.deployment_id });
    expect(stored).toEqual(events);
    const url = `${test.system.gatewayUrl}/api/deployments/${started.deployment_id}/events/stream`;
    const rest = new SseParser().push(await (await fetch(url, { headers: { 'last-event-id': '3' } })).text());
    const replayed = rest.filter(({ event }) => event === 'progress').map(({ data }) => JSON.parse(data) as unknown);
    expect(replayed).toEqual(events.slice(3));
  });

  it('refuses a second deploy of the same service while the first runs, and names the first', async () => {
    const held = {
      cluster_id: test.registered.cluster_id,
      service_id: 'shop:cache',
      deadline_seconds: 8,
      k8s_spec: { node_selector: { 'ushadow.test/nowhere': 'true' } },
    };
    const first = await test.client.startDeployment(held);
    await expect(test.client.startDeployment(held)).rejects.toMatchObject({
      code: 'DEPLOYMENT_IN_PROGRESS',
      kind: 'conflict',
      details: { deployment_id: first.deployment_id },
    });
    await follow(test.system.gatewayUrl, first.deployment_id);
  });

  it('lists deployments newest first, page by page', async () => {
    const first = await test.client.listDeployments({ limit: 2 });
    const second = await test.client.listDeployments({ limit: 2, cursor: first.next_cursor ?? '' });
    const all = await test.client.listDeployments({});
    expect([...first.deployments, ...second.deployments]).toEqual(all.deployments.slice(0, 4));
  });

  it('creates ConfigMap and Secret alone through envmap (R86)', async () => {
    const answer = await test.client.applyEnvmap({
      cluster_id: test.registered.cluster_id,
      service_name: 'worker',
      env_vars: { MODE: 'fast', DB_PASSWORD: CANARY },
    });
    expect(answer).toEqual({
      success: true,
      configmap: 'worker-config',
      secret: 'worker-secrets',
      namespace: test.namespace.name,
    });
    answers.push(JSON.stringify(answer));
  });

  it('leaves in ConfigMap and Secret only what envmap was given last, and makes neither for nothing (R86, M11)', async () => {
    const base = `/api/v1/namespaces/${test.namespace.name}`;
    const place = { cluster_id: test.registered.cluster_id, service_name: 'worker' };
    const answer = await test.client.applyEnvmap({
      ...place,
      env_vars: { LEVEL: 'info' },
      env_secrets: { LEVEL: false },
    });
    expect(answer).toMatchObject({ configmap: 'worker-config', secret: null });
    expect((await live(`${base}/configmaps/worker-config`)).data).toEqual({ LEVEL: 'info' });
    // Kept without its keys: pods that name it would not start without it.
    expect((await live(`${base}/secrets/worker-secrets`)).data ?? {}).toEqual({});
    await test.client.applyEnvmap({ ...place, service_name: 'open', env_vars: { A: '1' } });
    expect((await test.cluster.api.get(`${base}/secrets/open-secrets`)).status).toBe(404);
  });

  it('makes the namespace of an envmap when there is none, and refuses names no pod could take up', async () => {
    const place = {
      cluster_id: test.registered.cluster_id,
      namespace: `${test.namespace.name}-new`,
      service_name: 'worker',
    };
    await expect(test.client.applyEnvmap({ ...place, env_vars: { '1ST': 'x', 'A B': 'y' } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect((await test.cluster.api.get(`/api/v1/namespaces/${place.namespace}`)).status).toBe(404);
    await test.client.applyEnvmap({ ...place, env_vars: { A: '1' } });
    expect((await live(`/api/v1/namespaces/${place.namespace}/configmaps/worker-config`)).data).toEqual({ A: '1' });
    await test.cluster.api.delete(`/api/v1/namespaces/${place.namespace}`);
  });

  it('shows no secret in any answer or log of this run (R97, R99)', async () => {
    const preview = await test.client.previewService({
      service_id: 'shop:web',
      namespace: test.namespace.name,
      env_vars: { API_TOKEN: CANARY },
    });
    const variables = await test.client.getServiceEnv({ service_id: 'shop:web' });
    const said = [...answers, JSON.stringify(preview), JSON.stringify(variables), test.system.logs()].join('\n');
    const { users } = parse(test.cluster.kubeconfig) as { users: { user: { token: string } }[] };
    const token = users[0]?.user.token ?? '';
    expect(token).not.toBe('');
    for (const secret of [CANARY, 'canary-from-the-compose-file', token]) {
      expect(said).not.toContain(secret);
      expect(said).not.toContain(toBase64(secret));
    }
    expect(variables.variables).toContainEqual(
      expect.objectContaining({ name: 'API_TOKEN', is_secret: true, value: null }),
    );
  });

  it('forgets a removed cluster (R82)', async () => {
    await test.client.deleteCluster({ cluster_id: test.registered.cluster_id });
    await expect(test.client.getCluster({ cluster_id: test.registered.cluster_id })).rejects.toMatchObject({
      code: 'CLUSTER_NOT_FOUND',
    });
  });
});
