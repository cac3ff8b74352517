import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Server as NetServer } from 'node:net';
import { createServer as createNetServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events, operations, type DataOf, type DomainError } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import {
  natsFor,
  selfSigned,
  startServices,
  testDatabase,
  type SelfSigned,
  type RunningSystem,
  type TestDatabase,
} from '@ushadow/testing';
import pg from 'pg';
import { base64, kubeconfigText } from './kubeconfig-text.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const json =
  (status: number, body: unknown): Answer =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const status = (code: number, message: string) => json(code, { kind: 'Status', message, reason: 'X', code });
const healthy: Answer = (request, response) =>
  request.url?.startsWith('/version') === true
    ? json(200, { gitVersion: 'v1.99.0' })(request, response)
    : json(request.method === 'POST' ? 201 : 200, { kind: 'List', metadata: {}, items: [], status: {} })(
        request,
        response,
      );
const jwt = (claims: object) => `${base64url({ alg: 'none' })}.${base64url(claims)}.canary`;
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (text: string) => Math.floor(Date.parse(text) / 1000);
const listen = (server: NetServer): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });

/** A server that plays an API server, well or badly; no mock of ours, but the other side. */
describe('clusters that answer badly', () => {
  const tls = selfSigned('hostile');
  let server: Server;
  let url: string;
  let canary: NetServer;
  let caught = 0;
  let redirect = '';
  let answer: Answer = healthy;
  let system: RunningSystem;
  let database: TestDatabase;
  let caller: Caller;
  const others: { close: () => unknown }[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    const env = { 'cluster-service': { STATUS_INTERVAL_SECONDS: '1' } };
    system = await startServices({ database, natsUrl, composeDirectory: '/x', only: ['cluster-service'], env });
    caller = await openCaller(natsUrl);
    server = createServer({ cert: tls.certificate, key: tls.privateKey }, (request, response) => {
      request.resume();
      answer(request, response);
    });
    url = `https://127.0.0.1:${String(await listen(server))}`;
    canary = createNetServer((socket) => {
      caught += 1;
      socket.destroy();
    });
    redirect = `https://127.0.0.1:${String(await listen(canary))}/latest/meta-data`;
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    server?.closeAllConnections();
    server?.close();
    canary?.close();
    for (const other of others) other.close();
    await database?.drop();
  }, 60_000);

  const register = (name: string, given: { server?: string; ca?: SelfSigned; token?: string } = {}) => {
    const { certificate } = given.ca ?? tls;
    const cluster = { server: given.server ?? url, 'certificate-authority-data': base64(certificate) };
    const user = given.token === undefined ? {} : { token: given.token };
    const kubeconfig = base64(kubeconfigText({ cluster, user }));
    return caller.rpc.call(operations.registerCluster, { name, kubeconfig, allow_duplicate: true });
  };
  const refusal = (...input: Parameters<typeof register>): Promise<DomainError> =>
    register(...input).then(
      () => Promise.reject(new Error('it was registered')),
      (error: DomainError) => error,
    );
  const nothingStored = async () => expect(await caller.rpc.call(operations.listClusters, {})).toEqual([]);

  it.each<[name: string, answer: Answer, code: string, cause: string]>([
    [
      'HTML',
      (_q, r) => void r.writeHead(200, { 'content-type': 'text/html' }).end('<h1>canary-body</h1>'),
      'CLUSTER_UNREACHABLE',
      'not-kubernetes',
    ],
    [
      'a page for a person who is to sign in',
      (_q, r) => void r.writeHead(401, { 'content-type': 'text/html' }).end('<form>canary-body</form>'),
      'CLUSTER_UNAUTHORIZED',
      'unauthorized',
    ],
    ['broken JSON', (_q, r) => void r.writeHead(200).end('{"kind":'), 'CLUSTER_UNREACHABLE', 'not-kubernetes'],
    [
      'a redirect to the metadata of its host',
      (_q, r) => void r.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      'CLUSTER_UNREACHABLE',
      'not-kubernetes',
    ],
    [
      'a redirect that keeps method and body',
      (_q, r) => void r.writeHead(307, { location: redirect }).end(),
      'CLUSTER_UNREACHABLE',
      'not-kubernetes',
    ],
    [
      'more than anybody reads',
      (_q, r) => {
        const chunk = Buffer.alloc(1 << 20, 'canary-body ');
        const more = () => {
          while (r.writable && r.write(chunk));
        };
        r.on('drain', more).writeHead(200);
        more();
      },
      'CLUSTER_UNREACHABLE',
      'not-kubernetes',
    ],
    ['401', status(401, 'canary-body'), 'CLUSTER_UNAUTHORIZED', 'unauthorized'],
    ['403 on everything', status(403, 'canary-body'), 'CLUSTER_UNAUTHORIZED', 'forbidden'],
    ['500', status(500, 'canary-body'), 'CLUSTER_UNREACHABLE', 'overloaded'],
    ['a cut connection', (q) => void q.socket.destroy(), 'CLUSTER_UNREACHABLE', 'lost'],
    ['nothing, ever', () => undefined, 'CLUSTER_UNREACHABLE', 'timeout'],
  ])(
    'R62: a server that answers %s: classed, nothing stored, its body not repeated, no redirect followed',
    async (name, given, code, cause) => {
      answer = given;
      const error = await refusal(name);
      expect(error).toMatchObject({ code, details: { cause } });
      expect(error.message).toMatch(/^Nothing was stored: .{20,}/);
      expect(JSON.stringify(error.toEnvelope())).not.toContain('canary-body');
      expect(caught).toBe(0);
      await nothingStored();
    },
    30_000,
  );

  it.each<[name: string, server: () => SelfSigned, ca: (own: SelfSigned) => SelfSigned, words: RegExp]>([
    ['another CA', () => selfSigned('hostile'), () => tls, /is certificate-authority-data the CA of this server/],
    [
      'an expired certificate',
      () => selfSigned('hostile', { validTo: new Date('2021-01-01T00:00:00Z') }),
      (own) => own,
      /has expired .*clock of this host says 20\d\d-.*has to be renewed/,
    ],
    [
      'a certificate of the future',
      () => selfSigned('hostile', { validFrom: new Date('2090-01-01T00:00:00Z') }),
      (own) => own,
      /not valid yet .*clock of this host says 20\d\d-.*the clock of the API server’s host was ahead/,
    ],
    [
      'a certificate for another name',
      () => selfSigned('hostile', { dnsName: 'other.example' }),
      (own) => own,
      /for other names .*tls-server-name/,
    ],
  ])('R62: %s is said in words', async (name, make, ca, words) => {
    const own = make();
    const bad = createServer({ cert: own.certificate, key: own.privateKey }, healthy);
    others.push(bad);
    const error = await refusal(name, { server: `https://127.0.0.1:${String(await listen(bad))}`, ca: ca(own) });
    expect(error).toMatchObject({ code: 'CLUSTER_UNREACHABLE', details: { cause: 'tls' } });
    expect(error.message).toMatch(words);
    await nothingStored();
  });

  it('R62: a server that does not speak TLS is told from one with a bad certificate', async () => {
    const plain = createHttpServer(healthy);
    others.push(plain);
    const error = await refusal('plain', { server: `https://127.0.0.1:${String(await listen(plain))}` });
    expect(error).toMatchObject({ code: 'CLUSTER_UNREACHABLE', details: { cause: 'tls' } });
    expect(error.message).toMatch(/does not speak TLS/);
  });

  it('R62: an expired token is told so with its time; one of the future names the clocks', async () => {
    answer = status(401, 'Unauthorized');
    const past = await refusal('past', { token: jwt({ exp: seconds('2021-03-04T05:06:07Z') }) });
    expect(past).toMatchObject({ code: 'CLUSTER_UNAUTHORIZED', details: { cause: 'unauthorized' } });
    expect(past.message).toMatch(/it expired at 2021-03-04T05:06:07\.000Z; replace it/);
    const times = { nbf: seconds('2090-01-01T00:00:00Z'), exp: seconds('2091-01-01T00:00:00Z') };
    const future = await refusal('future', { token: jwt(times) });
    expect(future.message).toMatch(/not valid before 2090-.*the clock of this host says 20\d\d-/);
    await nothingStored();
  });

  it('M14: a cluster that was reached and does not review access is registered, without a word on permissions', async () => {
    let reviews = 0;
    answer = (request, response) => {
      if (request.url?.includes('selfsubjectrulesreviews') === true) reviews += 1;
      (reviews <= 1 ? healthy : status(500, 'canary-body'))(request, response);
    };
    const created = await register('no-review');
    expect(created).toMatchObject({ status: 'connected', permissions: null, warnings: [] });
    await caller.rpc.call(operations.deleteCluster, { cluster_id: created.cluster_id });
  }, 30_000);

  it('D6, R62, R63, R64: the schedule sees each change of status and tells it once; since-when moves only then', async () => {
    answer = healthy;
    const heard: DataOf<typeof events.clusterStatusChanged>[] = [];
    const stop = caller.events.listen(events.clusterStatusChanged, undefined, (data) => heard.push(data));
    const created = await register('changing');
    expect(created).toMatchObject({ status: 'connected', version: 'v1.99.0', node_count: 0 });
    const { cluster_id } = created;
    const until = async (wanted: string, reason: RegExp | null) => {
      for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
        const cluster = await caller.rpc.call(operations.getCluster, { cluster_id });
        const isSaid = reason === null ? cluster.status_reason === null : reason.test(cluster.status_reason ?? '');
        if (cluster.status === wanted && isSaid) return cluster;
      }
      throw new Error(`never ${wanted}`);
    };
    answer = status(401, 'expired');
    const refused = await until('unauthorized', /may have expired/);
    expect(refused).toMatchObject({ version: 'v1.99.0', node_count: 0 });
    answer = status(403, 'nothing');
    const forbidden = await until('unauthorized', /bind a role/);
    expect(forbidden.status_since).toBe(refused.status_since);
    expect(forbidden.checked_at > refused.checked_at).toBe(true);
    answer = status(503, 'starting');
    const away = await until('unreachable', /HTTP 503/);
    expect(away.status_since > forbidden.status_since).toBe(true);
    answer = healthy;
    const back = await until('connected', null);
    expect(back.status_since > away.status_since).toBe(true);
    expect(heard.map((event) => event.status)).toEqual(['unauthorized', 'unreachable', 'connected']);
    expect(heard[0]).toMatchObject({ cluster_id, reason: expect.stringMatching(/may have expired/) });
    stop();
  }, 120_000);

  it('D6: a check that was under way with the old credential says nothing of the new one', async () => {
    answer = healthy;
    const { cluster_id } = await register('replaced', { token: 'old-token' });
    const gate = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    answer = (request, response) => {
      if (request.headers.authorization !== 'Bearer old-token') return healthy(request, response);
      held.resolve();
      void gate.promise.then(() => status(401, 'old')(request, response));
    };
    const check = caller.rpc.call(operations.checkCluster, { cluster_id });
    await held.promise;
    const cluster = { server: url, 'certificate-authority-data': base64(tls.certificate) };
    const kubeconfig = base64(kubeconfigText({ cluster, user: { token: 'new-token' } }));
    const replaced = await caller.rpc.call(operations.replaceCredential, { cluster_id, kubeconfig });
    gate.resolve();
    expect(await check).toMatchObject({ status: 'connected', status_since: replaced.status_since });
    await caller.rpc.call(operations.deleteCluster, { cluster_id });
  });

  it('D6: a credential that cannot be decrypted any more is unauthorized, with what to do, instead of connected for ever', async () => {
    const [{ cluster_id } = { cluster_id: '' }] = await caller.rpc.call(operations.listClusters, {});
    const client = new pg.Client({ connectionString: database.adminUrl });
    await client.connect();
    await client.query(`UPDATE clusters.clusters SET credential = 'e1.test.AAAA.AAAA' WHERE id = $1`, [cluster_id]);
    await client.end();
    const checked = await caller.rpc.call(operations.checkCluster, { cluster_id });
    expect(checked).toMatchObject({ status: 'unauthorized', status_reason: expect.stringMatching(/replace it/) });
    const cluster = { server: url, 'certificate-authority-data': base64(tls.certificate) };
    const kubeconfig = base64(kubeconfigText({ cluster }));
    const replaced = await caller.rpc.call(operations.replaceCredential, { cluster_id, kubeconfig });
    expect(replaced).toMatchObject({ status: 'connected', status_reason: null });
  });
});
