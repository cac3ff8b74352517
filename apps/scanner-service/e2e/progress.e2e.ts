import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events, operations, type DataOf } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import { natsFor, startServices, testDatabase, type RunningSystem, type TestDatabase } from '@ushadow/testing';
import { json, listOf, PlayedApiServer } from './api-server.ts';

type Progress = DataOf<typeof events.scanProgressed>;

const STALE_AFTER_SECONDS = 2;
const PAGES = 30;
const service = (name: string) => ({
  metadata: { name, namespace: 'infra' },
  spec: { type: 'ClusterIP', clusterIP: '10.0.0.1', ports: [{ port: 6379 }] },
});

describe('what is told of scans', () => {
  const cluster = new PlayedApiServer();
  let system: RunningSystem;
  let database: TestDatabase;
  let caller: Caller;
  let clusterId: string;

  beforeAll(async () => {
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    const only = ['cluster-service', 'scanner-service', 'gateway'] as const;
    const env = {
      'cluster-service': { STATUS_INTERVAL_SECONDS: '0' },
      'scanner-service': { SCAN_STALE_AFTER_SECONDS: String(STALE_AFTER_SECONDS) },
    };
    system = await startServices({ database, natsUrl, composeDirectory: '/nonexistent', only, env });
    caller = await openCaller(natsUrl);
    await cluster.listen();
    const kubeconfig = Buffer.from(cluster.kubeconfig()).toString('base64');
    clusterId = (await caller.rpc.call(operations.registerCluster, { name: 'told', kubeconfig })).cluster_id;
  }, 60_000);

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    cluster.close();
    await database?.drop();
  }, 60_000);

  /** Services in pages, each a moment late, as a large cluster far away gives them. */
  function answerSlowly(): void {
    cluster.answer = (response, asked) => {
      if (!asked.url.includes('/services')) return listOf([])(response, asked);
      const page = Number(/continue=(\d+)/.exec(asked.url)?.[1] ?? 0);
      const remaining = PAGES - 1 - page;
      const metadata = remaining === 0 ? {} : { continue: String(page + 1), remainingItemCount: remaining };
      setTimeout(() => listOf([service(page === 0 ? 'redis' : `app-${page}`)], metadata)(response, asked), 50);
    };
  }

  const scan = () => caller.rpc.call(operations.scanInfra, { cluster_id: clusterId, namespace: 'infra' });

  it('a long scan tells how far it is, a few times a second at most, and that it ended', async () => {
    answerSlowly();
    const heard: { at: number; event: Progress }[] = [];
    const stop = caller.events.listen(events.scanProgressed, clusterId, (event) =>
      heard.push({ at: performance.now(), event }),
    );
    const startedAt = performance.now();
    await scan();
    const seconds = (performance.now() - startedAt) / 1_000;
    await until(() => heard.at(-1)?.event.phase === 'finished');
    stop();
    const steps = heard.map(({ event }) => event);
    expect(steps[0]).toEqual({
      cluster_id: clusterId,
      namespace: 'infra',
      phase: 'listing',
      what: null,
      scanned: 0,
      total: null,
    });
    expect(steps.at(-1)).toMatchObject({ phase: 'finished', scanned: PAGES, total: PAGES });
    const scanned = steps.map((step) => step.scanned);
    expect(scanned).toEqual([...scanned].sort((a, b) => a - b));
    expect(steps.filter(({ what }) => what === 'services').length).toBeGreaterThan(1);
    expect(steps.length).toBeLessThanOrEqual(2 + seconds / 0.3);
  }, 30_000);

  it('a scan that fails tells so', async () => {
    cluster.answer = json(500, {});
    const phases: string[] = [];
    const stop = caller.events.listen(events.scanProgressed, clusterId, ({ phase }) => phases.push(phase));
    await expect(scan()).rejects.toMatchObject({ code: 'SCAN_FAILED' });
    await until(() => phases.includes('failed'));
    stop();
  }, 30_000);

  it('R66: a kept scan says when it was made, and that it is old when it is', async () => {
    cluster.answer = listOf([service('redis')]);
    expect((await scan()).stale).toBe(false);
    const kept = async () => (await caller.rpc.call(operations.listScans, { cluster_id: clusterId }))[0];
    let found = await kept();
    for (const deadline = Date.now() + 15_000; found?.stale !== true && Date.now() < deadline;) found = await kept();
    expect(found?.stale).toBe(true);
    expect(Date.now() - Date.parse(found?.scanned_at ?? '')).toBeGreaterThan(STALE_AFTER_SECONDS * 1_000);
    expect((await scan()).stale).toBe(false);
  }, 30_000);

  it('the gateway streams progress and what completed, together where it comes in bursts', async () => {
    const stream = await open(`/api/kubernetes/${clusterId}/scan-infra/stream`);
    expect(stream.response.statusCode).toBe(200);
    expect(stream.response.headers['content-type']).toBe('text/event-stream');
    cluster.answer = listOf([service('redis')]);
    const namespaces = Array.from({ length: 40 }, (_, index) => `n-${index}`);
    await caller.rpc.call(operations.scanNamespaces, { cluster_id: clusterId, namespaces: ['infra', ...namespaces] });
    await until(() => stream.events().some(({ data }) => data['phase'] === 'finished'));
    stream.close();
    const completed = stream.events().filter(({ event }) => event === 'completed');
    const scans = completed.flatMap(({ data }) => data['scans'] as { namespace: string; found: string[] }[]);
    expect(scans).toHaveLength(41);
    expect(scans).toContainEqual({ namespace: 'infra', found: ['redis'] });
    expect(completed.length).toBeLessThan(5);
    expect(completed.every(({ data }) => data['cluster_id'] === clusterId)).toBe(true);
  }, 30_000);

  it('R81: the stream of an unknown cluster is not found', async () => {
    for (const id of ['0000000000000000', 'nonsense']) {
      const stream = await open(`/api/kubernetes/${id}/scan-infra/stream`);
      expect(stream.response.statusCode).toBe(404);
      stream.close();
    }
  });

  interface Sent {
    readonly event: string;
    readonly data: Readonly<Record<string, unknown>>;
  }
  async function open(path: string): Promise<{ response: IncomingMessage; events: () => Sent[]; close: () => void }> {
    const call = request(`${system.gatewayUrl}${path}`, { headers: { accept: 'text/event-stream' } });
    call.end();
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      call.once('response', resolve);
      call.once('error', reject);
    });
    let text = '';
    response.setEncoding('utf8').on('data', (more: string) => (text += more));
    response.on('error', () => undefined);
    const read = () =>
      [...text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].map(([, event = '', data = '']) => ({
        event,
        data: JSON.parse(data) as Sent['data'],
      }));
    return { response, events: read, close: () => void call.destroy() };
  }
  async function until(holds: () => boolean): Promise<void> {
    for (const deadline = Date.now() + 15_000; !holds();) {
      if (Date.now() > deadline) throw new Error('it did not come about');
      await caller.rpc.call(operations.listScans, { cluster_id: clusterId });
    }
  }
});
