import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type ProjectContentData, type RequestOf } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
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
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const compose = `name: my_shop
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: \${DB_PASSWORD:?the database needs one}
    volumes: [rows:/var/lib/postgresql/data]
  web:
    image: acme/web:\${TAG:-1}
    depends_on:
      db: {condition: service_healthy}
      migrate: {condition: service_completed_successfully}
      cache: {condition: service_started, required: false}
    command: serve --database postgres://app:\${DB_PASSWORD}@db/app
    environment:
      DATABASE_URL: postgres://app:\${DB_PASSWORD}@db/app
      DB_PASSWORD:
      CACHE_URL: \${CACHE_URL:-redis://cache:6379}
      SESSION_SECRET: \${SESSION_SECRET:-changeme}
      MODE: fast
    ports: ["\${PORT:-8080}:80"]
  migrate:
    image: acme/web:1
    command: migrate
    environment: {MODE: slow}
  cache: {image: redis:7}
  backup:
    image: postgres:16
    profiles: [backup]
    environment: {TARGET: "\${BACKUP_TARGET:?where to}"}
    volumes: [rows:/rows:ro]
  tool:
    profiles: [tools]
    build: ./tool
volumes: {rows: {}}
`;
const variable = (name: string) => `\${${name}}`;
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

describe('projects', () => {
  let directory: string;
  let database: TestDatabase;
  let cluster: TestCluster;
  let namespace: TestNamespace;
  let infra: TestNamespace;
  let system: RunningSystem;
  let caller: Caller;
  let clusterId: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'projects-'));
    await mkdir(join(directory, 'shop'));
    await writeFile(join(directory, 'shop', 'compose.yaml'), compose);
    await writeFile(join(directory, 'broken.yaml'), 'services: {web: {image: a, ports: 80}}');
    [database, cluster] = await Promise.all([testDatabase(), testCluster()]);
    [namespace, infra] = await Promise.all([testNamespace(cluster, 'shop'), testNamespace(cluster, 'infra')]);
    const natsUrl = (await natsFor(import.meta.url)).url;
    const only = ['cluster-service', 'compiler-service', 'scanner-service'] as const;
    system = await startServices({ database, natsUrl, composeDirectory: directory, only: [...only] });
    caller = await openCaller(natsUrl);
    const registered = await caller.rpc.call(operations.registerCluster, {
      name: 'projects',
      kubeconfig: base64(cluster.kubeconfig),
      namespace: namespace.name,
    });
    clusterId = registered.cluster_id;
  }, 120_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    await database?.drop();
    await Promise.all([namespace?.delete(), infra?.delete()]);
    await rm(directory, { recursive: true });
  }, 60_000);

  type Compile = Partial<RequestOf<typeof operations.compileProject>>;

  async function compile(input: Compile = {}) {
    const answer = await caller.asDeployer.call(operations.compileProject, {
      project: 'shop',
      cluster_id: clusterId,
      namespace: namespace.name,
      ...input,
    });
    return { ...answer, opened: answer.content };
  }
  const variables = async (input: Partial<RequestOf<typeof operations.projectVariables>> = {}) => {
    const answer = await caller.rpc.call(operations.projectVariables, { project: 'shop', ...input });
    return { ...answer, byName: new Map(answer.variables.map((each) => [each.name, each])) };
  };
  const objectOf = ({ objects }: ProjectContentData, kind: string, name: string) => {
    const found = objects.find(({ object }) => object['kind'] === kind && nameOf(object) === name);
    if (found === undefined) throw new Error(`no ${kind} ${name}`);
    return found;
  };
  const nameOf = (object: Readonly<Record<string, unknown>>) => (object['metadata'] as { name: string }).name;
  const dataOf = (opened: ProjectContentData, kind: string, name: string) =>
    objectOf(opened, kind, name).object['data'] as Readonly<Record<string, string>>;
  const typed = { DB_PASSWORD: 'canary-typed' };

  it('are listed with their services, of every profile, and the files that cannot be read beside them', async () => {
    const { projects, problems } = await caller.rpc.call(operations.listProjects, {});
    expect(projects).toHaveLength(1);
    expect(projects[0]).toMatchObject({
      project: 'shop',
      name: 'my_shop',
      origin: 'directory',
      file: 'shop/compose.yaml',
      files: ['compose.yaml'],
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      profiles: ['backup', 'tools'],
      updated_at: null,
    });
    expect(projects[0]?.services.map(({ service, active, deployable }) => [service, active, deployable])).toEqual([
      ['db', true, true],
      ['web', true, true],
      ['migrate', true, true],
      ['cache', true, true],
      ['backup', false, true],
      ['tool', false, false],
    ]);
    expect(projects[0]?.services[1]).toMatchObject({
      service_id: 'shop:web',
      depends_on: ['cache', 'db', 'migrate'],
      published: ['8080:80/tcp'],
    });
    expect(problems.map(({ file }) => file)).toEqual(['broken.yaml']);
  });

  it('are shown in full by name, and said not to be there otherwise', async () => {
    const reported = await caller.rpc.call(operations.getProject, { project: 'shop' });
    expect(reported.services.find(({ service }) => service === 'tool')?.problem).toContain('image');
    const broken = await caller.rpc.call(operations.getProject, { project: 'broken' });
    expect(broken).toMatchObject({ services: [], diagnostics: [expect.objectContaining({ severity: 'error' })] });
    const gone = caller.rpc.call(operations.getProject, { project: 'gone' });
    await expect(gone).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND' });
  });

  it('tell each variable once, with every place that it fills and what the file says of it', async () => {
    const { byName, unresolved } = await variables();
    expect([...byName.keys()]).toEqual([
      'CACHE_URL',
      'DATABASE_URL',
      'DB_PASSWORD',
      'MODE',
      'PORT',
      'POSTGRES_PASSWORD',
      'SESSION_SECRET',
      'TAG',
    ]);
    expect(unresolved).toEqual(['DB_PASSWORD']);
    expect(byName.get('DB_PASSWORD')).toMatchObject({
      is_required: true,
      is_set: false,
      is_secret: true,
      required_message: 'the database needs one',
      containers: ['web'],
    });
    expect(byName.get('DB_PASSWORD')?.uses.map(({ file, line, service }) => [file, line, service])).toEqual([
      ['shop/compose.yaml', 6, 'db'],
      ['shop/compose.yaml', 14, 'web'],
      ['shop/compose.yaml', 16, 'web'],
    ]);
    expect(byName.get('PORT')).toMatchObject({ value: '8080', source: 'default', containers: [] });
    expect(byName.get('SESSION_SECRET')).toMatchObject({ value: null, is_set: true, weak: expect.any(String) });
    expect(byName.get('MODE')).toMatchObject({ value: null, source: 'default', containers: ['migrate', 'web'] });
    expect(byName.get('MODE')?.candidates.map(({ value, reason }) => [value, reason])).toEqual([
      ['slow', 'the Compose file, for migrate'],
      ['fast', 'the Compose file, for web'],
    ]);
  });

  it('tell where a value comes from, by layer, and a name that nothing has', async () => {
    const layers = { shell: { TAG: '3' }, env_file: { TAG: '2', PORT: '81' }, remembered: { PORT: '80', MODE: 'm' } };
    const { byName, problems } = await variables({ ...layers, typed: { ...typed, DB_PASWORD: 'x' } });
    const reported = (name: string) => [byName.get(name)?.value, byName.get(name)?.source];
    expect(reported('TAG')).toEqual(['3', 'shell']);
    expect(reported('PORT')).toEqual(['81', 'env_file']);
    expect(reported('MODE')).toEqual(['m', 'remembered']);
    expect(reported('DB_PASSWORD')).toEqual([null, 'typed']);
    expect(problems).toEqual([expect.objectContaining({ code: 'VARIABLE_UNKNOWN', variable: 'DB_PASWORD' })]);
    expect(JSON.stringify([...byName])).not.toContain('canary');
  });

  it('name every place of a required variable when it has no value, and only for what is selected', async () => {
    await expect(compile()).rejects.toMatchObject({
      code: 'ENVIRONMENT_UNRESOLVED',
      details: {
        variables: [
          { name: 'DB_PASSWORD', service: 'web', line: 14 },
          { name: 'DB_PASSWORD', service: 'db', line: 6, reason: expect.stringContaining('insists') },
          { name: 'DB_PASSWORD', service: 'web', line: 16 },
        ],
      },
    });
    expect((await compile({ services: ['cache'] })).selected).toEqual(['cache']);
    const backup = compile({ services: ['backup'], typed });
    await expect(backup).rejects.toMatchObject({ details: { variables: [{ name: 'BACKUP_TARGET' }] } });
  });

  it('get a typed value everywhere: in containers, URLs of other services and commands', async () => {
    const { opened, selected, diagnostics } = await compile({ typed });
    expect(selected).toEqual(['cache', 'db', 'migrate', 'web']);
    expect(dataOf(opened, 'Secret', 'db-secrets')).toEqual({ POSTGRES_PASSWORD: base64('canary-typed') });
    expect(dataOf(opened, 'Secret', 'web-secrets')).toMatchObject({
      DATABASE_URL: base64('postgres://app:canary-typed@db/app'),
      DB_PASSWORD: base64('canary-typed'),
    });
    expect(JSON.stringify(objectOf(opened, 'Deployment', 'web').object)).toContain('app:$(DB_PASSWORD)@db/app');
    expect(opened.masks).toEqual([]);
    expect(diagnostics.filter(({ code }) => code === 'CMP0440')).toEqual([]);
    expect(opened.values['DB_PASSWORD']).toEqual({ source: 'typed' });
    expect(opened.environment['web']?.find(({ name }) => name === 'DB_PASSWORD')).toMatchObject({ value: null });
  });

  it('fill the containers of one service alone where that is asked for', async () => {
    const { opened } = await compile({ typed, service_values: { web: { MODE: 'own' } } });
    expect(dataOf(opened, 'ConfigMap', 'web-config')).toMatchObject({ MODE: 'own' });
    expect(dataOf(opened, 'ConfigMap', 'migrate-config')).toEqual({ MODE: 'slow' });
  });

  it('say which services want each object, and have the same objects whatever is selected', async () => {
    const whole = await compile({ typed });
    const alone = await compile({ typed, services: ['cache'] });
    const texts = ({ objects }: ProjectContentData) => objects.map((each) => JSON.stringify(each));
    expect(texts(alone.opened)).toEqual(texts(whole.opened));
    expect(alone.all).toEqual(['backup', 'cache', 'db', 'migrate', 'tool', 'web']);
    expect(whole.opened.claims).toEqual({ rows: 'my-shop-rows/data' });
    expect(objectOf(whole.opened, 'PersistentVolumeClaim', 'my-shop-rows').services).toEqual(['backup', 'db']);
    expect(objectOf(whole.opened, 'Deployment', 'web').services).toEqual(['web']);
    const labels = (objectOf(whole.opened, 'Deployment', 'web').object['metadata'] as { labels: object }).labels;
    expect(labels).toMatchObject({ 'app.kubernetes.io/instance': 'shop-web' });
  });

  it('describe every service for whoever deploys it', async () => {
    const { services, name, digest } = await compile({ typed });
    expect(name).toBe('my_shop');
    expect(digest).toBe((await caller.rpc.call(operations.getProject, { project: 'shop' })).digest);
    expect(services.find(({ service }) => service === 'web')).toEqual({
      service: 'web',
      service_id: 'shop:web',
      object_name: 'web',
      image: 'acme/web:1',
      depends_on: [
        { service: 'cache', condition: 'started', required: false },
        { service: 'db', condition: 'ready', required: true },
        { service: 'migrate', condition: 'completed', required: true },
      ],
      published: [{ port: 80, published: 8080, protocol: 'tcp' }],
      one_shot: false,
      pod_security: 'baseline',
    });
    expect(services.find(({ service }) => service === 'migrate')?.one_shot).toBe(true);
  });

  it('take dependencies along on request, and name a service that is not there with those that are', async () => {
    expect((await compile({ typed, services: ['web'] })).selected).toEqual(['web']);
    const along = await compile({ typed, services: ['web'], with_dependencies: true });
    expect(along.selected).toEqual(['cache', 'db', 'migrate', 'web']);
    const profile = await compile({ typed, profiles: ['backup'], shell: { BACKUP_TARGET: 's3' } });
    expect(profile.selected).toEqual(['backup', 'cache', 'db', 'migrate', 'web']);
    await expect(compile({ services: ['gone'] })).rejects.toMatchObject({
      code: 'SERVICE_NOT_FOUND',
      message: expect.stringContaining('backup, cache, db'),
    });
  });

  it('refuse a service that is only built, with its line, when it is selected and not otherwise', async () => {
    await expect(compile({ typed, services: ['tool'] })).rejects.toMatchObject({
      code: 'COMPILE_FAILED',
      details: { diagnostics: [{ code: 'SERVICE_WITHOUT_IMAGE', file: 'shop/compose.yaml', line: 34 }] },
    });
  });

  it('go on without required values only on request, and let no stand-in through', async () => {
    const { opened } = await compile({ services: ['db'], allow_unresolved: true });
    expect(opened.objects.filter(({ object }) => nameOf(object) === 'db-secrets')).toEqual([]);
  });

  it('keep their own services whatever a scan finds, and offer what it found', async () => {
    await cluster.api.post(`/api/v1/namespaces/${infra.name}/services`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'redis' },
      spec: { ports: [{ port: 6379 }] },
    });
    await caller.rpc.call(operations.scanInfra, { cluster_id: clusterId, namespace: infra.name });
    const { byName } = await variables({ cluster_id: clusterId });
    expect(byName.get('CACHE_URL')).toMatchObject({ value: 'redis://cache:6379', source: 'default' });
    expect(byName.get('CACHE_URL')?.candidates.find(({ source }) => source === 'scan')).toMatchObject({
      eligible: false,
      value: expect.stringContaining(infra.name),
    });
  });

  it('fill what was saved for one service into the others, for the endpoints of one service too', async () => {
    const set = { POSTGRES_PASSWORD: { value: 'unused' }, DB_PASSWORD: { value: 'canary-saved' } };
    await caller.rpc.call(operations.saveServiceEnv, { service_id: 'shop:web', cluster_id: clusterId, set });
    const { opened } = await compile();
    expect(dataOf(opened, 'Secret', 'web-secrets')).toMatchObject({
      DATABASE_URL: base64('postgres://app:canary-saved@db/app'),
    });
    const env = await caller.rpc.call(operations.getServiceEnv, { service_id: 'shop:web', cluster_id: clusterId });
    expect(env.variables.find(({ name }) => name === 'DATABASE_URL')).toMatchObject({ is_set: true, source: 'typed' });
    const { manifests } = await caller.rpc.call(operations.previewService, {
      service_id: 'shop:web',
      namespace: namespace.name,
      env_vars: { DB_PASSWORD: 'canary-of-a-preview', TAG: 'v7' },
    });
    const workload = manifests.find(({ kind }) => kind === 'Deployment')?.yaml;
    expect(workload).toContain('acme/web:v7');
    expect(workload).toContain('postgres://app:$(DB_PASSWORD)@db/app');
    expect(JSON.stringify(manifests)).not.toContain('canary');
    await caller.rpc.call(operations.saveServiceEnv, {
      service_id: 'shop:web',
      cluster_id: clusterId,
      reset: ['POSTGRES_PASSWORD', 'DB_PASSWORD'],
    });
  });

  it('of an upload have the digest that the upload told, and its env files', async () => {
    const files = [
      { path: 'compose.yaml', content: base64(`services: {web: {image: "a:${variable('TAG')}", env_file: web.env}}`) },
      { path: '.env', content: base64('TAG=of-the-env-file\n') },
      { path: 'web.env', content: base64('A=b\n') },
    ];
    const upload = (extra: readonly { path: string; content: string }[] = []) =>
      caller.rpc.call(operations.uploadProject, { name: 'up', replace: true, files: [...files, ...extra] });
    const first = await upload();
    const reported = await caller.rpc.call(operations.getProject, { project: 'up' });
    expect(reported).toMatchObject({
      digest: first.digest,
      origin: 'upload',
      files: ['.env', 'compose.yaml', 'web.env'],
    });
    expect(reported.updated_at).toBe(first.uploaded_at);
    expect((await compile({ project: 'up' })).digest).toBe(first.digest);
    expect((await compile({ project: 'up' })).services[0]?.image).toBe('a:of-the-env-file');
    expect((await compile({ project: 'up', env_file: { TAG: 'given' } })).services[0]?.image).toBe('a:given');
    expect((await upload()).digest).toBe(first.digest);
    expect((await upload([{ path: 'more.txt', content: base64('x') }])).digest).not.toBe(first.digest);
  });

  it('let no secret into a log', () => {
    expect(system.logs()).not.toMatch(/canary/);
  });
});
