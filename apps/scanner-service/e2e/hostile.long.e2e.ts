import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { operations, type DomainError, type InfraScanData } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import { natsFor, startServices, testDatabase, type RunningSystem, type TestDatabase } from '@ushadow/testing';
import { emptyList, endless, json, listOf, PlayedApiServer, text, type Answer } from './api-server.ts';
import { peakMemory } from './process-memory.ts';

const TIMEOUT_SECONDS = 6;
const CANARY = 'canary-of-the-other-side';
const redis = {
  metadata: { name: 'redis', namespace: 'infra' },
  spec: { type: 'ClusterIP', clusterIP: '10.0.0.1', ports: [{ port: 6379 }] },
};
const padded = { ...redis, data: 'x'.repeat(10_000) };
const envelope = '{"kind":"ServiceList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[';
const status = (code: number, reason: string) => json(code, { kind: 'Status', code, reason, message: CANARY });

describe('clusters that answer badly', () => {
  const cluster = new PlayedApiServer();
  let system: RunningSystem;
  let database: TestDatabase;
  let caller: Caller;
  let clusterId: string;
  let good: InfraScanData;

  beforeAll(async () => {
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    const only = ['cluster-service', 'scanner-service'] as const;
    const env = {
      'cluster-service': { STATUS_INTERVAL_SECONDS: '0' },
      'scanner-service': { SCAN_TIMEOUT_SECONDS: String(TIMEOUT_SECONDS) },
    };
    system = await startServices({ database, natsUrl, composeDirectory: '/nonexistent', only, env });
    caller = await openCaller(natsUrl);
    await cluster.listen();
    const kubeconfig = Buffer.from(cluster.kubeconfig()).toString('base64');
    clusterId = (await caller.rpc.call(operations.registerCluster, { name: 'hostile', kubeconfig })).cluster_id;
    await scanWell();
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    cluster.close();
    await database?.drop();
  }, 60_000);

  const scan = () => caller.rpc.call(operations.scanInfra, { cluster_id: clusterId, namespace: 'infra' });
  async function scanWell(): Promise<void> {
    cluster.answer = listOf([redis]);
    good = await scan();
    expect(good.infra_services['redis']?.found).toBe(true);
  }
  const failureOf = (call: Promise<unknown>): Promise<DomainError> =>
    call.then(
      () => Promise.reject(new Error('the scan succeeded')),
      (error: DomainError) => error,
    );

  afterEach(async () => {
    // Whatever was answered: the next scan works, in the same process.
    await scanWell();
    expect(system.processes('scanner-service')).toHaveLength(1);
    expect(system.logs('scanner-service')).not.toContain(CANARY);
  });

  it.each<[what: string, code: string, answer: Answer]>([
    ['HTML', 'CLUSTER_ANSWER_INVALID', text(200, `<html>${CANARY}</html>`, 'text/html')],
    ['12 MB of HTML', 'CLUSTER_ANSWER_INVALID', text(200, `<html>${CANARY.repeat(500_000)}</html>`, 'text/html')],
    ['JSON that ends too early', 'CLUSTER_ANSWER_INVALID', text(200, `${envelope}{"metadata":{"name":"${CANARY}"`)],
    ['JSON that is none', 'CLUSTER_ANSWER_INVALID', text(200, `${envelope}{${CANARY}}]}`)],
    ['JSON of another kind', 'CLUSTER_ANSWER_INVALID', json(200, { password: CANARY })],
    [
      'objects without metadata',
      'CLUSTER_ANSWER_INVALID',
      json(200, { kind: 'List', metadata: {}, items: [{ a: CANARY }] }),
    ],
    [
      'a forged Status with 200',
      'CLUSTER_ANSWER_INVALID',
      json(200, { kind: 'Status', status: 'Success', message: CANARY }),
    ],
    [
      'a redirect',
      'CLUSTER_ANSWER_INVALID',
      (response) => void response.writeHead(302, { location: `http://169.254.169.254/${CANARY}` }).end(),
    ],
    [
      'one object of 12 MB',
      'CLUSTER_ANSWER_TOO_LARGE',
      text(200, `${envelope}{"metadata":{"name":"${'x'.repeat(12_000_000)}"}}]}`),
    ],
    [
      'an endless object',
      'CLUSTER_ANSWER_TOO_LARGE',
      endless(`${envelope}{"metadata":{"name":"`, CANARY.repeat(1_000)),
    ],
    ['an endless string that is no list', 'CLUSTER_ANSWER_INVALID', endless('"', CANARY.repeat(1_000))],
    ['white space without end', 'CLUSTER_ANSWER_TOO_LARGE', endless(envelope, ' '.repeat(100_000))],
    ['objects without end', 'CLUSTER_ANSWER_TOO_LARGE', endless(envelope, `${JSON.stringify(padded)},`.repeat(10))],
    ['a page that leads to itself', 'CLUSTER_ANSWER_INVALID', listOf([], { continue: 'again' })],
    [
      'pages without end',
      'SCAN_TIMED_OUT',
      (response, request) => {
        const next = listOf([], { continue: `page-${performance.now()}` });
        setTimeout(() => next(response, request), 20);
      },
    ],
    ['a byte from time to time', 'SCAN_TIMED_OUT', endless(envelope, ' ', 50)],
    ['nothing, ever', 'SCAN_TIMED_OUT', () => undefined],
    ['401', 'CLUSTER_UNAUTHORIZED', status(401, 'Unauthorized')],
    ['403 on everything', 'SCAN_FAILED', status(403, 'Forbidden')],
    ['500 with text', 'SCAN_FAILED', text(500, CANARY, 'text/plain')],
    ['400 with a Status', 'SCAN_FAILED', status(400, 'BadRequest')],
    ['a cut connection', 'CLUSTER_UNREACHABLE', (response) => void response.stream.session?.destroy()],
  ])(
    'I23: %s is %s, in bounded time; nothing of it is repeated, and the good result stays',
    async (_what, code, answer) => {
      cluster.answer = answer;
      const startedAt = performance.now();
      const error = await failureOf(scan());
      expect(performance.now() - startedAt).toBeLessThan((TIMEOUT_SECONDS + 10) * 1_000);
      expect(error.code).toBe(code);
      expect(JSON.stringify(error.toEnvelope())).not.toMatch(/canary|169\.254/);
      const kept = await caller.rpc.call(operations.listScans, { cluster_id: clusterId });
      expect(kept).toEqual([{ ...good, error: error.message }]);
    },
    60_000,
  );

  it('an optional kind that the server cannot give is noted, and the scan goes on', async () => {
    cluster.answer = (response, request) =>
      (request.url.includes('/pods') ? status(500, 'InternalError') : listOf([redis]))(response, request);
    const { infra_services: infra, notes } = await scan();
    expect(infra['redis']).toMatchObject({ found: true, confidence: 'medium' });
    expect(notes).toEqual(['pods in namespace infra could not be listed: the API server answered 500']);
  }, 30_000);

  it('an optional kind that does not come in time is noted, and what was seen is kept', async () => {
    cluster.answer = (response, request) => {
      if (!request.url.includes('/pods')) listOf([redis])(response, request);
    };
    const { infra_services: infra, notes } = await scan();
    expect(infra['redis']?.found).toBe(true);
    expect(notes).toEqual(['pods in namespace infra could not be listed: they did not come in time']);
  }, 30_000);

  it('a list whose snapshot is gone between two pages is read anew', async () => {
    let asked = 0;
    cluster.answer = (response, request) => {
      const isNext = request.url.includes('continue=');
      if (!request.url.includes('/services')) return emptyList(response, request);
      asked += 1;
      if (isNext && asked === 2) return json(410, { kind: 'Status', code: 410, reason: 'Expired' })(response, request);
      return listOf([redis], isNext ? {} : { continue: 'next', remainingItemCount: 1 })(response, request);
    };
    expect((await scan()).infra_services['redis']?.found).toBe(true);
    expect(asked).toBe(4);
  });

  it('holds little memory whatever was sent', () => {
    const [service] = system.processes('scanner-service');
    const peak = peakMemory(service?.process.pid ?? 0);
    if (process.platform === 'linux') expect(peak).toBeGreaterThan(50);
    expect(peak ?? 0).toBeLessThan(320);
  });
});
