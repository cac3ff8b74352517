import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events, operations, type DataOf, type DomainError } from '@ushadow/contracts';
import { natsFor, startServices, testDatabase, type RunningSystem, type TestDatabase } from '@ushadow/testing';
import { base64, kubeconfigText } from './kubeconfig-text.ts';
import { openCaller, type Caller } from './open-caller.ts';
import { selfSigned } from './self-signed.ts';

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

/** A server that plays an API server, well or badly; no mock of ours, but the other side. */
describe('clusters that answer badly', () => {
  const tls = selfSigned();
  let server: Server;
  let url: string;
  let answer: Answer = healthy;
  let system: RunningSystem;
  let database: TestDatabase;
  let caller: Caller;

  beforeAll(async () => {
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    const env = { 'cluster-service': { STATUS_INTERVAL_SECONDS: '1' } };
    system = await startServices({ database, natsUrl, composeDirectory: '/x', only: ['cluster-service'], env });
    caller = await openCaller(natsUrl);
    server = createServer({ cert: tls.certificate, key: tls.key }, (request, response) => {
      request.resume();
      answer(request, response);
    });
    url = await new Promise<string>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(`https://127.0.0.1:${(server.address() as { port: number }).port}`));
    });
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    server?.closeAllConnections();
    server?.close();
    await database?.drop();
  }, 60_000);

  const register = (name: string) => {
    const cluster = { server: url, 'certificate-authority-data': base64(tls.certificate) };
    return caller.rpc.call(operations.registerCluster, { name, kubeconfig: base64(kubeconfigText({ cluster })) });
  };
  const refusal = (name: string): Promise<DomainError> =>
    register(name).then(
      () => Promise.reject(new Error('it was registered')),
      (error: DomainError) => error,
    );

  it.each<[name: string, answer: Answer, code: string, cause: string]>([
    [
      'HTML',
      (_q, r) => void r.writeHead(200, { 'content-type': 'text/html' }).end('<h1>canary-body</h1>'),
      'CLUSTER_UNREACHABLE',
      'not-kubernetes',
    ],
    ['broken JSON', (_q, r) => void r.writeHead(200).end('{"kind":'), 'CLUSTER_UNREACHABLE', 'not-kubernetes'],
    [
      'a redirect',
      (_q, r) => void r.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      'CLUSTER_UNREACHABLE',
      'not-kubernetes',
    ],
    ['401', status(401, 'canary-body'), 'CLUSTER_UNAUTHORIZED', 'unauthorized'],
    ['403 on everything', status(403, 'canary-body'), 'CLUSTER_UNAUTHORIZED', 'forbidden'],
    ['500', status(500, 'canary-body'), 'CLUSTER_UNREACHABLE', 'overloaded'],
    ['a cut connection', (q) => void q.socket.destroy(), 'CLUSTER_UNREACHABLE', 'lost'],
    ['nothing, ever', () => undefined, 'CLUSTER_UNREACHABLE', 'timeout'],
  ])(
    'a server that answers %s: classed, nothing stored, its body not repeated',
    async (name, given, code, cause) => {
      answer = given;
      const error = await refusal(name);
      expect(error).toMatchObject({ code, details: { cause } });
      expect(JSON.stringify(error.toEnvelope())).not.toContain('canary-body');
      expect(await caller.rpc.call(operations.listClusters, {})).toEqual([]);
    },
    30_000,
  );

  it('D6, R62: the schedule sees each change of status and tells it once', async () => {
    answer = healthy;
    const heard: DataOf<typeof events.clusterStatusChanged>[] = [];
    const stop = caller.events.listen(events.clusterStatusChanged, undefined, (data) => heard.push(data));
    const created = await register('changing');
    expect(created).toMatchObject({ status: 'connected', version: 'v1.99.0', node_count: 0 });
    const { cluster_id } = created;
    const until = async (wanted: string) => {
      for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
        const cluster = await caller.rpc.call(operations.getCluster, { cluster_id });
        if (cluster.status === wanted) return cluster;
      }
      throw new Error(`never ${wanted}`);
    };
    answer = status(401, 'expired');
    expect(await until('unauthorized')).toMatchObject({
      status_reason: expect.stringMatching(/may have expired/),
      version: 'v1.99.0',
    });
    answer = status(503, 'starting');
    expect(await until('unreachable')).toMatchObject({ status_reason: expect.stringMatching(/HTTP 503/) });
    answer = healthy;
    expect(await until('connected')).toMatchObject({ status_reason: null });
    expect(heard.map((event) => event.status)).toEqual(['unauthorized', 'unreachable', 'connected']);
    stop();
  }, 120_000);
});
