import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import {
  natsFor,
  startServices,
  testCluster,
  testDatabase,
  type RunningSystem,
  type TestCluster,
  type TestDatabase,
} from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { parse, stringify } from 'yaml';
import { composeDirectory, gatewayClient, toBase64 } from './support/gateway.ts';

describe('bad input', () => {
  let cluster: TestCluster;
  let database: TestDatabase;
  let system: RunningSystem;
  let client: Client;

  beforeAll(async () => {
    cluster = await testCluster();
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    system = await startServices({ database, natsUrl, composeDirectory });
    client = gatewayClient(system.gatewayUrl);
  });

  afterAll(async () => {
    await system.stop();
    await database.drop();
  });

  const register = (kubeconfig: string, name = 'bad') =>
    client.registerCluster({ name, kubeconfig: toBase64(kubeconfig) });
  const raw = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${system.gatewayUrl}${path}`, init);
    return {
      status: response.status,
      body: (await response.json()) as { code: string; message: string; request_id?: string },
    };
  };
  /** The cluster's kubeconfig with other credentials in place of its own. */
  const withUser = (user: unknown) => {
    const document = parse(cluster.kubeconfig) as { users: { user: unknown }[] };
    for (const entry of document.users) entry.user = user;
    return stringify(document);
  };

  it.each([
    ['an exec plugin', { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: '/bin/true' } }, /exec/],
    ['a token file', { tokenFile: '/etc/passwd' }, /tokenFile/],
    [
      'a certificate path',
      { 'client-certificate': '/etc/ssl/a.pem', 'client-key': '/etc/ssl/a.key' },
      /client-certificate/,
    ],
    ['an auth provider', { 'auth-provider': { name: 'gcp' } }, /auth-provider/],
  ])(
    'refuses a kubeconfig with %s, naming the field and what to do, and stores nothing',
    async (_name, user, field) => {
      const kubeconfig = withUser(user);
      const refused = await register(kubeconfig).catch((error: unknown) => error);
      expect(refused).toMatchObject({ kind: 'invalid', code: expect.stringMatching(/^KUBECONFIG_/) });
      expect(JSON.stringify(refused)).toMatch(field);
      expect(
        (refused as { details: { problems: { field: string; remedy: string }[] } }).details.problems[0]?.remedy,
      ).toBeTruthy();
      await expect(client.listClusters({})).resolves.toEqual([]);
    },
  );

  it.each([
    ['text that is no YAML', ': : :\n\t- x'],
    ['no context', 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n'],
    ['an empty document', '# nothing\n'],
  ])('refuses %s as a kubeconfig', async (_name, kubeconfig) => {
    await expect(register(kubeconfig)).rejects.toMatchObject({
      kind: 'invalid',
      code: expect.stringMatching(/^KUBECONFIG_/),
    });
  });

  it('refuses a kubeconfig that is not base64', async () => {
    await expect(client.registerCluster({ name: 'bad', kubeconfig: '%%%' })).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('answers 424 with the reason for a cluster that cannot be reached, and stores it only if the user insists', async () => {
    const kubeconfig = cluster.kubeconfig.replace(cluster.server, 'https://127.0.0.1:1');
    const answer = await raw('/api/kubernetes/clusters', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'gone', kubeconfig: toBase64(kubeconfig) }),
    });
    expect(answer).toMatchObject({
      status: 424,
      body: { code: 'CLUSTER_UNREACHABLE', message: expect.stringMatching(/nothing listens/) },
    });
    await expect(client.listClusters({})).resolves.toEqual([]);
    const stored = await client.registerCluster({
      name: 'gone',
      kubeconfig: toBase64(kubeconfig),
      allow_unreachable: true,
    });
    expect(stored).toMatchObject({ status: 'unreachable', status_reason: expect.any(String), node_count: null });
    await client.deleteCluster({ cluster_id: stored.cluster_id });
  });

  it('answers 404 for unknown ids', async () => {
    const unknown = '0123456789abcdef';
    expect(await raw(`/api/kubernetes/clusters/${unknown}`)).toMatchObject({
      status: 404,
      body: { code: 'CLUSTER_NOT_FOUND' },
    });
    expect(await raw('/api/kubernetes/clusters/no-such-id')).toMatchObject({
      status: 404,
      body: { code: 'CLUSTER_NOT_FOUND' },
    });
    expect(await raw(`/api/deployments/${randomUUID()}`)).toMatchObject({
      status: 404,
      body: { code: 'DEPLOYMENT_NOT_FOUND' },
    });
    expect(await raw('/api/nothing')).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } });
    await expect(client.startDeployment({ cluster_id: unknown, service_id: 'shop:web' })).rejects.toMatchObject({
      code: 'CLUSTER_NOT_FOUND',
    });
  });

  it('answers 404 for a service the catalog does not have, and 422 with the place for one that cannot be compiled', async () => {
    await expect(client.previewService({ service_id: 'shop:none', namespace: 'x' })).rejects.toMatchObject({
      code: 'SERVICE_NOT_FOUND',
    });
    await expect(client.previewService({ service_id: 'shop:only-built', namespace: 'x' })).rejects.toMatchObject({
      code: 'COMPILE_FAILED',
      message: expect.stringMatching(/shop\.yaml:\d+:\d+/),
    });
  });

  it('names every bad field of a request', async () => {
    const answer = await raw('/api/kubernetes/0123456789abcdef/deploy', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ service_id: '', namespace: 'UPPER', surprise: 1, k8s_spec: { replicas: 0 } }),
    });
    expect(answer.status).toBe(422);
    expect(answer.body.message).toMatch(/service_id.*namespace.*k8s_spec.replicas.*surprise/s);
    expect(answer.body.request_id).toBeTruthy();
  });

  it('refuses another Host and a cross-site Origin', async () => {
    const crossSite = await raw('/api/kubernetes/clusters', { headers: { origin: 'https://elsewhere.example' } });
    expect(crossSite).toMatchObject({ status: 403, body: { code: 'HOST_NOT_ALLOWED' } });
    const forwarded = await raw('/api/kubernetes/clusters', { headers: { 'x-forwarded-host': 'elsewhere.example' } });
    expect(forwarded).toMatchObject({ status: 403, body: { code: 'HOST_NOT_ALLOWED' } });
  });
});
