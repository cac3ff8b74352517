import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type DomainError } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import {
  natsFor,
  selfSigned,
  repositoryRoot,
  startServices,
  testDatabase,
  type RunningSystem,
  type TestDatabase,
} from '@ushadow/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { base64, kubeconfigText } from './kubeconfig-text.ts';

const NAME = 'rebind.example';
const ALLOWED = '127.0.0.2';
const FORBIDDEN = '127.0.0.1';
const rejected = (call: Promise<unknown>): Promise<DomainError> =>
  call.then(
    () => Promise.reject(new Error('it was accepted')),
    (error: DomainError) => error,
  );
// Only Linux answers on every loopback address without being told to.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

/** Section 4 of the security notes: the name server belongs to the attacker, and changes its mind whenever it likes. */
onLinux('names that move', () => {
  const tls = selfSigned('hostile', { dnsName: NAME });
  let system: RunningSystem;
  let database: TestDatabase;
  let caller: Caller;
  let cluster: TlsServer;
  let canary: Server;
  let port: number;
  let scratch: string;
  let served = 0;
  let caught = 0;

  const script = (names: Record<string, string[][]>) => writeFile(join(scratch, 'dns.json'), JSON.stringify(names));

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'dns-'));
    await script({});
    canary = createServer((socket) => {
      caught += 1;
      socket.destroy();
    });
    port = await new Promise<number>((resolve) => {
      canary.listen(0, FORBIDDEN, () => resolve((canary.address() as { port: number }).port));
    });
    cluster = createTlsServer({ cert: tls.certificate, key: tls.privateKey }, (request, response) => {
      served += 1;
      request.resume();
      const body = request.url === '/version' ? { gitVersion: 'v1.99.0' } : { metadata: {}, items: [], status: {} };
      response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => void cluster.listen(port, ALLOWED, resolve));
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    const preload = pathToFileURL(join(repositoryRoot(), 'apps/cluster-service/e2e/scripted-dns.mjs')).href;
    const env = {
      ALLOW_PRIVATE_CLUSTERS: 'false',
      CLUSTER_ADDRESSES_ALLOW: `${ALLOWED}/32`,
      STATUS_INTERVAL_SECONDS: '0',
      SCRIPTED_DNS: join(scratch, 'dns.json'),
      NODE_OPTIONS: `--import ${preload}`,
    };
    const only = ['cluster-service'] as const;
    system = await startServices({ database, natsUrl, composeDirectory: '/x', only, env: { 'cluster-service': env } });
    caller = await openCaller(natsUrl);
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    cluster?.closeAllConnections();
    cluster?.close();
    canary?.close();
    await database?.drop();
    if (scratch) await rm(scratch, { recursive: true });
  }, 60_000);

  const kubeconfig = (host: string) => {
    const server = `https://${host}:${String(port)}`;
    return base64(kubeconfigText({ cluster: { server, 'certificate-authority-data': base64(tls.certificate) } }));
  };

  it('refuses a name with one good and one forbidden address, whichever comes first, and contacts neither', async () => {
    await script({ 'one.example': [[ALLOWED, FORBIDDEN]], 'two.example': [['203.0.113.7', '::ffff:127.0.0.1']] });
    for (const host of ['one.example', 'two.example']) {
      const call = caller.rpc.call(operations.registerCluster, { name: host, kubeconfig: kubeconfig(host) });
      expect(await rejected(call)).toMatchObject({ code: 'ADDRESS_FORBIDDEN' });
    }
    expect([served, caught]).toEqual([0, 0]);
  });

  it('connects to the address it judged, although the name leads elsewhere a moment later', async () => {
    await script({ [NAME]: [[ALLOWED], [FORBIDDEN]] });
    const created = await caller.rpc.call(operations.registerCluster, { name: 'moving', kubeconfig: kubeconfig(NAME) });
    expect(created).toMatchObject({ status: 'connected', version: 'v1.99.0' });
    expect(served).toBeGreaterThan(0);
    expect(caught).toBe(0);
  });

  it('judges a stored name anew each time: the cluster becomes unreachable, and nobody gets a connection to it', async () => {
    const [{ cluster_id } = { cluster_id: '' }] = await caller.rpc.call(operations.listClusters, {});
    const before = served;
    const checked = await caller.rpc.call(operations.checkCluster, { cluster_id });
    expect(checked).toMatchObject({
      status: 'unreachable',
      status_reason: expect.stringMatching(/address is refused/),
    });
    const calls = [
      caller.asDeployer.call(operations.openConnection, { cluster_id }),
      caller.rpc.call(operations.checkPermissions, { cluster_id }),
      caller.rpc.call(operations.listNodes, { cluster_id }),
    ];
    for (const error of await Promise.all(calls.map(rejected))) {
      expect(error).toMatchObject({ code: 'CLUSTER_UNREACHABLE', details: { cause: 'address-forbidden' } });
    }
    expect([served, caught]).toEqual([before, 0]);
  });
});
