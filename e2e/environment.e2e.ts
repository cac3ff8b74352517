import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, ServiceEnvironmentData } from '@ushadow/contracts';
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
import { follow, composeDirectory, gatewayClient, toBase64 } from './support/gateway.ts';

const compose = `
x-ushadow:
  infra_services: [cache]
  api: {display_name: Notes, tags: [demo], exposes: [{name: http_api, type: http, path: /, port: 80}]}
services:
  api:
    image: nginx:\${TAG:-1.27}
    environment:
      REDIS_URL: redis://cache:6379/3
      DATABASE_URL: postgresql://notes:\${DB_PASSWORD:?the database needs one}@postgres:5432/notes
      OPENAI_API_KEY: \${OPENAI_API_KEY}
      MODEL: \${MODEL:-small}
      MODE: fast
      HANDED_ON:
`;

describe('the environment of a service', () => {
  let cluster: TestCluster;
  let namespace: TestNamespace;
  let infra: TestNamespace;
  let database: TestDatabase;
  let system: RunningSystem;
  let client: Client;
  let clusterId: string;

  beforeAll(async () => {
    [cluster, database] = await Promise.all([testCluster(), testDatabase()]);
    [namespace, infra] = await Promise.all([testNamespace(cluster, 'env'), testNamespace(cluster, 'infra')]);
    system = await startServices({ database, natsUrl: (await natsFor(import.meta.url)).url, composeDirectory });
    client = gatewayClient(system.gatewayUrl);
    const registered = await client.registerCluster({
      name: 'env',
      kubeconfig: toBase64(cluster.kubeconfig),
      namespace: namespace.name,
    });
    clusterId = registered.cluster_id;
    await client.uploadProject({
      name: 'notes',
      files: [
        { path: 'compose.yaml', content: toBase64(compose) },
        { path: '.env', content: toBase64('TAG=1.27\n') },
      ],
    });
  });

  afterAll(async () => {
    await system.stop();
    await database.drop();
    await Promise.all([namespace.delete(), infra.delete()]);
  });

  const place = () => ({ service_id: 'notes:api', cluster_id: clusterId });
  const environment = () => client.getServiceEnv(place());
  const variableOf = ({ variables }: ServiceEnvironmentData, name: string) => {
    const found = variables.find((variable) => variable.name === name);
    if (found === undefined) throw new Error(`no variable ${name}`);
    return found;
  };
  const data = async (kind: 'configmaps' | 'secrets', name: string): Promise<Record<string, string>> => {
    const { status, body } = await cluster.api.get(`/api/v1/namespaces/${namespace.name}/${kind}/${name}`);
    expect(status).toBe(200);
    return (body as { data: Record<string, string> }).data;
  };
  const deploy = async (input: Partial<Parameters<Client['startDeployment']>[0]> = {}) => {
    const { deployment_id: id } = await client.startDeployment({ ...place(), ...input });
    return (await follow(system.gatewayUrl, id)).deployment;
  };

  it('offers an uploaded project with its metadata (R84)', async () => {
    const { services } = await client.listServices({});
    expect(services.find(({ service_id }) => service_id === 'notes:api')).toMatchObject({
      display_name: 'Notes',
      origin: 'upload',
      file: 'notes/compose.yaml',
      tags: ['demo'],
      infra_services: ['cache'],
      exposes: [{ name: 'http_api', type: 'http', path: '/', port: 80 }],
      deployable: true,
    });
  });

  it('lists every variable with its value, source and place, and what is missing (R32, R36)', async () => {
    const reported = await environment();
    expect(reported.namespace).toBe(namespace.name);
    expect(
      reported.variables.map(({ name, value, source, is_required }) => [name, value, source, is_required]),
    ).toEqual([
      ['REDIS_URL', 'redis://cache:6379/3', 'default', false],
      ['DATABASE_URL', null, 'none', true],
      ['OPENAI_API_KEY', null, 'none', true],
      ['MODEL', 'small', 'default', false],
      ['MODE', 'fast', 'default', false],
      ['HANDED_ON', null, 'none', false],
    ]);
    expect(reported.unresolved).toEqual(['DATABASE_URL', 'OPENAI_API_KEY']);
    expect(variableOf(reported, 'DATABASE_URL')).toMatchObject({ file: 'notes/compose.yaml', line: 10 });
    expect(variableOf(reported, 'OPENAI_API_KEY')).toMatchObject({ is_secret: true, is_set: false });
  });

  it('refuses to deploy while a required variable has no value, names each with its place, and applies nothing', async () => {
    await expect(client.startDeployment(place())).rejects.toMatchObject({
      code: 'ENVIRONMENT_UNRESOLVED',
      details: {
        variables: [
          { name: 'DB_PASSWORD', reason: 'the file insists on a value', file: 'notes/compose.yaml', line: 10 },
          { name: 'OPENAI_API_KEY', reason: 'no value and no default', line: 11 },
        ],
      },
    });
    expect((await client.listDeployments({ cluster_id: clusterId })).deployments).toEqual([]);
    const { body } = await cluster.api.get(`/apis/apps/v1/namespaces/${namespace.name}/deployments`);
    expect((body as { items: unknown[] }).items).toEqual([]);
  });

  it('takes settings by name and through the references of a declaration, and never shows a secret one (R34)', async () => {
    const key = await client.putSetting({
      path: 'api_keys.openai_api_key',
      value: 'sk-canary-of-settings',
      for_uploads: true,
    });
    expect(key).toMatchObject({ is_secret: true, value: null });
    expect(await client.putSetting({ path: 'settings.model', value: 'large', for_uploads: true })).toMatchObject({
      value: 'large',
    });
    await client.putSetting({ path: 'secrets.db_password', value: 'canary-db-password', for_uploads: true });
    const reported = await environment();
    expect(variableOf(reported, 'OPENAI_API_KEY')).toMatchObject({
      source: 'settings',
      value: null,
      is_set: true,
      candidates: [{ value: null, setting_paths: ['api_keys.openai_api_key'] }],
    });
    expect(variableOf(reported, 'MODEL').candidates.map(({ source, value }) => [source, value])).toEqual([
      ['settings', 'large'],
      ['default', 'small'],
    ]);
    expect(variableOf(reported, 'DATABASE_URL')).toMatchObject({ source: 'settings', is_secret: true, value: null });
    expect(reported.unresolved).toEqual([]);
    const { settings } = await client.listSettings({});
    expect(JSON.stringify([reported, settings])).not.toMatch(/canary/);
  });

  it('takes what a scan has found, in the shape of the declared default (R35, R54, I1)', async () => {
    const base = `/api/v1/namespaces/${infra.name}`;
    await cluster.api.post(`${base}/services`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'redis' },
      spec: { ports: [{ port: 6379 }] },
    });
    await client.scanInfra({ cluster_id: clusterId, namespace: infra.name });
    const found = `redis://redis.${infra.name}.svc.cluster.local:6379/3`;
    expect(variableOf(await environment(), 'REDIS_URL')).toMatchObject({
      value: found,
      source: 'scan',
      candidates: [
        { source: 'scan', value: found, reason: expect.stringContaining(`${infra.name}/redis`) },
        { source: 'default', value: 'redis://cache:6379/3' },
      ],
    });
  });

  it('deploys what was typed over everything else, and each value into the right object (R25, R33, D2)', async () => {
    const deployment = await deploy({ env_vars: { MODE: 'typed', EXTRA: '1' }, variables: { TAG: '1.29' } });
    expect(deployment).toMatchObject({ status: 'succeeded', services: ['api'] });
    expect(await data('configmaps', 'api-config')).toEqual({
      MODE: 'typed',
      EXTRA: '1',
      MODEL: 'large',
      REDIS_URL: `redis://redis.${infra.name}.svc.cluster.local:6379/3`,
    });
    expect(await data('secrets', 'api-secrets')).toEqual({
      OPENAI_API_KEY: toBase64('sk-canary-of-settings'),
      DATABASE_URL: toBase64('postgresql://notes:canary-db-password@postgres:5432/notes'),
    });
    const { body } = await cluster.api.get(`/apis/apps/v1/namespaces/${namespace.name}/deployments/api`);
    expect(JSON.stringify(body)).toContain('nginx:1.29');
  });

  it('tells what the last deployment used, and whether it would be the same now (B10)', async () => {
    await client.putSetting({ path: 'settings.model', value: 'larger', for_uploads: true });
    const reported = await environment();
    expect(variableOf(reported, 'MODEL')).toMatchObject({
      value: 'larger',
      last_used: { source: 'settings', value: 'large', same: false },
    });
    expect(variableOf(reported, 'MODE')).toMatchObject({
      value: 'fast',
      source: 'default',
      last_used: { source: 'typed', value: 'typed', same: false },
    });
    expect(variableOf(reported, 'OPENAI_API_KEY')).toMatchObject({ last_used: { value: null, same: true } });
  });

  it('takes up a changed setting with the next deployment, without registering anything again (R37)', async () => {
    expect(await deploy({ env_vars: { MODE: 'typed' } })).toMatchObject({ status: 'succeeded' });
    expect(await data('configmaps', 'api-config')).toMatchObject({ MODEL: 'larger' });
  });

  it('keeps what a user saves for one place: values, references to settings and secret marks', async () => {
    const saved = await client.saveServiceEnv({
      ...place(),
      set: { MODE: { value: '' }, HANDED_ON: { setting: 'settings.model' } },
      secrets: { MODEL: true },
    });
    expect(variableOf(saved, 'MODE')).toMatchObject({ value: '', source: 'typed', is_set: true });
    expect(variableOf(saved, 'MODE').candidates[0]).toMatchObject({ saved: true });
    expect(variableOf(saved, 'HANDED_ON')).toMatchObject({ value: 'larger', source: 'settings' });
    expect(variableOf(saved, 'MODEL')).toMatchObject({ is_secret: true, secret_override: true, value: null });
    const elsewhere = await client.getServiceEnv({ ...place(), namespace: 'elsewhere' });
    expect(variableOf(elsewhere, 'MODE')).toMatchObject({ value: 'fast', source: 'default', last_used: null });

    await deploy();
    expect(await data('configmaps', 'api-config')).toMatchObject({ MODE: '', HANDED_ON: 'larger' });
    expect(await data('secrets', 'api-secrets')).toMatchObject({ MODEL: toBase64('larger') });

    const reset = await client.saveServiceEnv({
      ...place(),
      reset: ['MODE', 'HANDED_ON'],
      secrets: { MODEL: null },
    });
    expect(variableOf(reset, 'MODE')).toMatchObject({ value: 'fast', source: 'default' });
    expect(variableOf(reset, 'MODEL')).toMatchObject({ is_secret: false, secret_override: null });
  });

  it('reports a mapping whose setting is gone, and says which services lose it', async () => {
    await client.putSetting({ path: 'settings.passing', value: 'x', for_uploads: true });
    await client.saveServiceEnv({ ...place(), set: { HANDED_ON: { setting: 'settings.passing' } } });
    const removed = await client.deleteSetting({ path: 'settings.passing' });
    expect(removed.mapped_by).toEqual(['notes:api']);
    expect((await environment()).problems).toEqual([
      { code: 'SETTING_NOT_FOUND', variable: 'HANDED_ON', message: expect.stringContaining('settings.passing') },
    ]);
    await expect(
      client.saveServiceEnv({ ...place(), set: { MODE: { setting: 'settings.passing' } } }),
    ).rejects.toMatchObject({ code: 'SETTING_NOT_FOUND' });
    await client.saveServiceEnv({ ...place(), reset: ['HANDED_ON'] });
  });

  it('never shows a secret setting, whatever is said of a variable that is mapped to it', async () => {
    const set = { HANDED_ON: { setting: 'secrets.db_password' } };
    const saved = await client.saveServiceEnv({ ...place(), set, secrets: { HANDED_ON: false } });
    expect(variableOf(saved, 'HANDED_ON')).toMatchObject({ is_secret: true, value: null });
    expect(JSON.stringify(saved)).not.toContain('canary');
    const { manifests } = await client.previewService({ ...place(), namespace: namespace.name });
    expect(manifests.find(({ kind }) => kind === 'ConfigMap')?.yaml).not.toContain('HANDED_ON');
    await client.saveServiceEnv({ ...place(), reset: ['HANDED_ON'] });
  });

  it('warns of no variable that has a value from elsewhere, and fills no other variable with a stand-in', async () => {
    const { diagnostics } = await client.previewService({ ...place(), namespace: namespace.name });
    expect(diagnostics.filter(({ code }) => code === 'CPS0203' || code === 'CPS0202')).toEqual([]);
  });

  it('marks one variable as secret for one deployment, whatever the detector says', async () => {
    await deploy({ env_vars: { MODE: 'hidden-mode' }, env_secrets: { MODE: true } });
    expect(await data('secrets', 'api-secrets')).toMatchObject({ MODE: toBase64('hidden-mode') });
    expect(variableOf(await environment(), 'MODE').last_used).toMatchObject({ source: 'typed', value: null });
  });

  it('previews with the same values that a deployment would get', async () => {
    const { manifests } = await client.previewService({ ...place(), namespace: namespace.name });
    const config = manifests.find(({ kind }) => kind === 'ConfigMap');
    expect(config?.yaml).toContain(`redis://redis.${infra.name}.svc.cluster.local:6379/3`);
    expect(JSON.stringify(manifests)).not.toMatch(/canary/);
  });

  it('does not take a default for a value that may have been found, while the scanner is away', async () => {
    for (const scanner of system.processes('scanner-service')) await scanner.process.stop();
    const reported = await environment();
    expect(reported.problems).toEqual([expect.objectContaining({ code: 'SCANS_UNAVAILABLE' })]);
    await expect(client.startDeployment(place())).rejects.toMatchObject({
      code: 'ENVIRONMENT_UNAVAILABLE',
      kind: 'unavailable',
      details: { variables: ['REDIS_URL'] },
    });
    const typed = await client.previewService({
      ...place(),
      namespace: namespace.name,
      env_vars: { REDIS_URL: 'redis://mine:6379' },
    });
    expect(JSON.stringify(typed.manifests)).toContain('redis://mine:6379');
  });

  it('has let no secret into an answer or a log (R97, R99)', () => {
    expect(system.logs()).not.toMatch(/canary|hidden-mode/);
  });
});
