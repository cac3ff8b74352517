import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, type Client } from '@ushadow/contracts';
import {
  adminUrl,
  repositoryRoot,
  startServices,
  testAccount,
  testCluster,
  testDatabase,
  testNamespace,
  type RunningSystem,
  type TestCluster,
  type TestDatabase,
  type TestNamespace,
} from '@ushadow/testing';
import { silentProgress, startNats, type NatsServer } from '@ushadow/testing/servers';
import { SERVICES } from '@ushadow/testing/services';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { tablesOf } from './support/database-dump.ts';
import { follow, toBase64 } from './support/gateway.ts';
import { Heard, whateverIsRead } from './support/heard.ts';
import { PlayedKubelet } from './support/played-kubelet.ts';
import { givenAway } from './support/spellings.ts';
import { workAllDay } from './support/work-all-day.ts';

const ACCOUNT = testAccount('canary');
const NODE = 'sandbox-3';

const canaries = {
  'typed by the user': 'canary-typed/+=1',
  'kept as a setting': 'canary-setting?&2',
  'saved for the service': 'canary-saved"3',
  'in the uploaded .env': 'canary-dotenv-4',
  'in the Compose file': 'canary-compose-5',
  'in a connection string': 'canary-url-6',
};

const REGISTRY_PASSWORD = 'canary-registry-7';
const RECEIVER = 'canary-receiver-8';
const HOOK_KEY = 'canary-key-of-a-hook-9';
const TOKEN = `canary-token-of-a-hook-10-${'x'.repeat(24)}`;
const API_TOKEN = `canary-token-of-a-program-11-${'x'.repeat(15)}`;

/** Tables that what is done here leaves no row in; every other one is to have some, or the search says nothing of it. */
const EMPTY = ['operations.idempotency_keys', 'deployments.dead_letters'];
/** Of the notifier: receivers of this machine, and clusters seen at once. */
const notifying = { ALLOW_PRIVATE_RECEIVERS: 'true', CLUSTERS_INTERVAL_SECONDS: '1' };
/** Of one template, of which there is none here. */
const NOT_READ = ['getTemplate'];
const MONTH = /^deployments\.progress_events_/;

const compose = `
services:
  web:
    image: nginx:1.27
    ports: ['8080:80']
    deploy: {placement: {constraints: ['node.hostname == ${NODE}']}}
    environment:
      TYPED_TOKEN: \${TYPED_TOKEN:-}
      SETTING_TOKEN: \${SETTING_TOKEN}
      SAVED_TOKEN: \${SAVED_TOKEN}
      DOTENV_TOKEN: \${DOTENV_TOKEN}
      COMPOSE_TOKEN: ${canaries['in the Compose file']}
      DATABASE_URL: postgresql://u:${canaries['in a connection string']}@postgres/d
  broken:
    image: unknown.invalid/broken:1
    environment: {TYPED_TOKEN: "\${TYPED_TOKEN:-}"}
`;

describe('secrets after registering, scanning, resolving and deploying (B8, R91, R97, R99, M15)', () => {
  let folder: string;
  let temporary: string;
  let cluster: TestCluster;
  let namespace: TestNamespace;
  let database: TestDatabase;
  let nats: NatsServer;
  let listener: NatsConnection;
  let system: RunningSystem;
  let kubelet: PlayedKubelet;
  let receiver: Server;
  const told: string[] = [];
  const heard = new Heard();
  const messages: string[] = [];
  let secrets: Readonly<Record<string, string>>;
  let token: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'no-plaintext-'));
    await mkdir(join(folder, 'compose'));
    [cluster, database] = await Promise.all([testCluster(), testDatabase()]);
    namespace = await testNamespace(cluster, 'canary');
    const context = { env: { ...process.env, NATS_URL: '' }, root: repositoryRoot(), progress: silentProgress };
    nats = await startNats(context, { directory: join(folder, 'nats'), accounts: [ACCOUNT] });
    const natsUrl = adminUrl(nats.url, ACCOUNT);
    listener = await connect({ servers: nats.url, user: ACCOUNT.name, pass: ACCOUNT.password });
    listener.subscribe('>', {
      callback: (_error, message) => void messages.push(`${message.subject} ${message.string()}`),
    });
    const { users } = parse(cluster.kubeconfig) as { users: { user: { token: string } }[] };
    token = users[0]?.user.token ?? '';
    expect(token).not.toBe('');
    secrets = {
      ...{ ...canaries, 'of the kubeconfig': token, 'of a registry': REGISTRY_PASSWORD },
      ...{ 'of a receiver': RECEIVER, 'of a hook': HOOK_KEY, 'that a hook is called by': TOKEN },
      'of a program': API_TOKEN,
    };
    temporary = join(folder, 'tmp');
    await mkdir(temporary);
    kubelet = await PlayedKubelet.start(cluster, NODE);
    receiver = await startReceiver();
    const own = { TMPDIR: temporary, MANIFESTS_DIR: join(folder, 'manifests'), ...notifying };
    const env = Object.fromEntries(SERVICES.map(({ name }) => [name, own]));
    system = await startServices({ database, natsUrl, composeDirectory: join(folder, 'compose'), env });
    await work(heard.listenTo(recordingClient()));
  }, 300_000);

  afterAll(async () => {
    await system?.stop();
    await kubelet?.stop();
    receiver?.closeAllConnections();
    receiver?.close();
    await listener?.close();
    await nats?.stop();
    await database?.drop();
    await namespace?.delete();
    await rm(folder, { recursive: true });
  }, 60_000);

  /** Refuses what it is sent, and repeats its address. */
  async function startReceiver(): Promise<Server> {
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        told.push(`${JSON.stringify(request.headers)} ${body}`);
        response.writeHead(400).end(`there is no ${request.url ?? ''}`);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }

  function recordingClient(): Client {
    return createClient({
      baseUrl: system.gatewayUrl,
      newKey: randomUUID,
      fetch: async (url, init) => {
        const answer = await fetch(url, init as RequestInit);
        const text = await answer.text();
        heard.add(text);
        return { status: answer.status, ok: answer.ok, json: async () => Promise.resolve(JSON.parse(text) as unknown) };
      },
    });
  }

  /** All that a user does with secrets, mistakes included. */
  async function work(client: Client): Promise<void> {
    const { cluster_id: id } = await client.registerCluster({
      name: 'canary',
      kubeconfig: toBase64(cluster.kubeconfig),
      namespace: namespace.name,
    });
    const key = `whsec_${toBase64(RECEIVER.repeat(2))}`;
    const channel = { kind: 'webhook', url: `http://127.0.0.1:1/${RECEIVER}`, signing_key: key } as const;
    const rules = [{ events: ['deployment.failed' as const, 'deployment.succeeded' as const] }];
    const { channel_id } = await client.createChannel({ name: 'canary', allow_plaintext: true, rules, ...channel });
    await client.testChannel({ channel_id });
    const { port } = receiver.address() as AddressInfo;
    const refusing = { ...channel, url: `http://127.0.0.1:${String(port)}/${RECEIVER}` };
    const heardBy = await client.createChannel({ name: 'refusing', allow_plaintext: true, rules, ...refusing });
    await client.testChannel({ channel_id: heardBy.channel_id });
    const files = { 'compose.yaml': compose, '.env': `DOTENV_TOKEN=${canaries['in the uploaded .env']}\n` };
    await client.uploadProject({
      name: 'app',
      files: Object.entries(files).map(([path, text]) => ({ path, content: toBase64(text) })),
    });
    const value = canaries['kept as a setting'];
    await client.putSetting({ path: 'settings.setting_token', value, for_uploads: true });
    const place = { service_id: 'app:web', cluster_id: id };
    const typed = { TYPED_TOKEN: canaries['typed by the user'] };
    await client.saveServiceEnv({ ...place, set: { SAVED_TOKEN: { value: canaries['saved for the service'] } } });
    await client.scanInfra({ cluster_id: id });
    await client.previewService({ ...place, namespace: namespace.name, env_vars: typed });
    for (const service of ['web', 'broken', 'web']) {
      const env_vars = service === 'web' ? typed : { ...typed, BAD: 'x' };
      const deployment = { ...place, service_id: `app:${service}`, env_vars, deadline_seconds: 8 };
      const { deployment_id: deploymentId } = await client.startDeployment(deployment);
      const { events } = await follow(system.gatewayUrl, deploymentId);
      heard.add(JSON.stringify(events));
    }
    const { stacks } = await client.listStacks({});
    const { stack_id } = stacks[0] ?? { stack_id: '' };
    await client.checkDrift({ stack_id });
    // Who asks for a value sees it; that is all that there is to be of it.
    const shown = await fetch(`${system.gatewayUrl}/api/stacks/${stack_id}/secrets/web-secrets/reveal`, {
      ...{ method: 'POST', body: JSON.stringify({ key: 'TYPED_TOKEN' }) },
      headers: { 'content-type': 'application/json' },
    });
    expect(await shown.json()).toMatchObject({ value: canaries['typed by the user'] });
    await client.createHook({ stack_id, name: 'canary', token: TOKEN, signing_key: HOOK_KEY });
    const signature = createHmac('sha256', HOOK_KEY).update('{"zen":"canary"}').digest('hex');
    const called = await fetch(`${system.gatewayUrl}/api/hooks/${TOKEN}`, {
      ...{ method: 'POST', body: '{"zen":"canary"}' },
      headers: { 'x-hub-signature-256': `sha256=${signature}` },
    });
    heard.add(await called.text());
    const digest = createHash('sha256').update(API_TOKEN).digest('hex');
    await client.createToken({ name: 'canary', shown: API_TOKEN.slice(0, 6), digest });
    const authorization = `Bearer ${API_TOKEN}`;
    const asProgram = await fetch(`${system.gatewayUrl}/api/access/tokens`, { headers: { authorization } });
    expect(asProgram.status).toBe(200);
    heard.add(await asProgram.text());
    await Promise.all([client.listTokens({}), client.listUsers({})]);
    const secret = Object.values(canaries);
    await workAllDay({
      ...{ client, heard, cluster, kubelet, secrets: secret, namespace: namespace.name },
      ...{ gatewayUrl: system.gatewayUrl, clusterId: id, stackId: stack_id, project: 'app' },
      manifests: join(folder, 'manifests'),
    });
    // The API server's refusals echo what they refuse.
    const refused = { ...place, k8s_spec: { annotations: { 'not a key': canaries['typed by the user'] } } };
    await client.startDeployment({ ...refused, env_vars: typed }).catch(() => undefined);
    await client.planStack({ cluster_id: id, project: 'app', namespace: namespace.name, services: ['web'] });
    const registry = { registry: 'registry.canary.example', username: 'canary', password: REGISTRY_PASSWORD };
    await client.setPullSecret({ cluster_id: id, ...registry });
    await client.scanInfra({ cluster_id: id, namespace: 'default' });
    await client.deleteScan({ cluster_id: id, namespace: 'default' });
    await client.applyEnvmap({ cluster_id: id, service_name: 'map', env_vars: typed });
    await client.registerCluster({ name: 'canary', kubeconfig: toBase64(cluster.kubeconfig) }).catch(() => undefined);
    await Promise.all([
      client.getServiceEnv(place),
      client.listSettings({}),
      client.listUploads({}),
      client.listServices({}),
      client.listClusters({}),
      client.checkPermissions({ cluster_id: id }),
      client.listNodes({ cluster_id: id }),
      client.listScans({}),
      client.listDeployments({}),
      client.listPods({ cluster_id: id }),
    ]);
  }

  it('have reached the cluster, where they belong, and there in base64 (R98, R100)', async () => {
    const { body } = await cluster.api.get(`/api/v1/namespaces/${namespace.name}/secrets/web-secrets`);
    expect(givenAway(JSON.stringify(body), canaries).sort()).toEqual(Object.keys(canaries).sort());
  });

  it('were looked for in whatever goes on coming, is downloaded, or is read in another way', () => {
    expect(whateverIsRead().filter((name) => !heard.visited.has(name))).toEqual(NOT_READ);
  });

  it('are in no answer of the gateway, in no stream, download or exported manifest', () => {
    expect(heard.texts.length).toBeGreaterThan(80);
    for (const text of heard.texts) {
      const begin = text.slice(0, 300);
      expect([begin, givenAway(text, secrets)]).toEqual([begin, []]);
    }
  });

  it('are in nothing that receivers of notifications are told', () => {
    expect(told.length).toBeGreaterThan(1);
    expect(givenAway(told.join('\n'), secrets)).toEqual([]);
  });

  it('are in no log', () => {
    expect(system.logs().length).toBeGreaterThan(1_000);
    expect(givenAway(system.logs(), secrets)).toEqual([]);
  });

  it('are in no row of any table', async () => {
    const tables = await tablesOf(database);
    const empty = [...tables].flatMap(([name, rows]) => (rows.length === 0 && !MONTH.test(name) ? [name] : []));
    expect(empty).toEqual(EMPTY);
    for (const [name, rows] of tables) expect([name, givenAway(rows.join('\n'), secrets)]).toEqual([name, []]);
  });

  it('are in no file of the JetStream store', async () => {
    const names = await readdir(join(folder, 'nats', 'jetstream'), { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile());
    expect(files.some(({ name }) => name.endsWith('.blk'))).toBe(true);
    for (const { parentPath, name } of files) {
      const text = await readFile(join(parentPath, name), 'latin1');
      expect([name, givenAway(text, secrets)]).toEqual([name, []]);
    }
  });

  it('have been in no temporary file: none was made (R92, M14)', async () => {
    expect(await readdir(temporary)).toEqual([]);
  });

  it('cross the bus sealed alone, in requests as in answers', () => {
    const sealed = messages.filter((text) => text.includes('"sealed"'));
    for (const subject of ['register-cluster', 'put-setting', 'upload-project', 'save-service-env', 'start-deployment'])
      expect(sealed.some((text) => text.includes(subject))).toBe(true);
    expect(sealed.length).toBeGreaterThan(10);
    expect(givenAway(messages.join('\n'), secrets)).toEqual([]);
  });
});
