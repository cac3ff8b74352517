import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SseParser, type LogLineData, type LogNoticeData, type LogSourceData } from '@ushadow/contracts';
import { repositoryRoot } from '@ushadow/testing';
import { join } from 'node:path';
import { until } from './faults/support/until.ts';
import { PlayedKubelet } from './support/played-kubelet.ts';
import { deployStack, pathOf, startSystem, type TestSystem } from './support/system.ts';

const SECRET = 'canary-password-in-logs';

interface Pod {
  readonly metadata: { readonly name: string };
  readonly status: { readonly containerStatuses?: readonly { readonly name: string; readonly restartCount: number }[] };
}
interface Said {
  readonly event: string;
  readonly data: unknown;
  readonly id: string | undefined;
}

/** One who follows, and comes again when a stream ends, as an EventSource does. */
class Follower {
  readonly said: Said[] = [];
  status = 0;
  ends = 0;
  lastId: string | undefined;
  readonly #url: string;
  readonly #over = new AbortController();
  readonly done: Promise<void>;

  constructor(url: string) {
    this.#url = url;
    this.done = this.#run();
  }

  get lines(): readonly LogLineData[] {
    return this.said.flatMap(({ event, data }) => (event === 'lines' ? (data as { lines: LogLineData[] }).lines : []));
  }
  get texts(): readonly string[] {
    return this.lines.map(({ text }) => text);
  }
  get notices(): readonly LogNoticeData[] {
    return this.said.flatMap(({ event, data }) => (event === 'notice' ? [data as LogNoticeData] : []));
  }
  get sources(): readonly LogSourceData[] {
    return this.said.flatMap(({ event, data }) => (event === 'source' ? [data as LogSourceData] : []));
  }
  events(): readonly string[] {
    return this.said.map(({ event }) => event);
  }
  async leave(): Promise<void> {
    this.#over.abort();
    await this.done;
  }

  async #run(): Promise<void> {
    const { signal } = this.#over;
    while (!signal.aborted && !this.events().includes('end')) {
      const headers = this.lastId === undefined ? {} : { 'last-event-id': this.lastId };
      await this.#once(headers, signal).catch(() => undefined);
      this.ends += 1;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #once(headers: Record<string, string>, signal: AbortSignal): Promise<void> {
    const response = await fetch(this.#url, { headers, signal });
    this.status = response.status;
    if (response.status !== 200 || response.body === null) return;
    const parser = new SseParser();
    const decoder = new TextDecoder();
    let id: string | undefined;
    let rest = '';
    for await (const chunk of response.body) {
      const text = decoder.decode(chunk as Uint8Array, { stream: true });
      // The parser drops ids, which an EventSource keeps.
      rest += text;
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 1);
        if (line.startsWith('id: ')) id = line.slice(4);
        for (const { event, data } of parser.push(`${line}\n`)) {
          this.said.push({ event, data: JSON.parse(data), id });
          this.lastId = id ?? this.lastId;
        }
      }
    }
  }
}

describe('the logs of a stack', () => {
  let test: TestSystem;
  let kubelet: PlayedKubelet;
  let stackId: string;
  let web: string;
  let worker: string;
  const followers: Follower[] = [];

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'logs', { compose: join(repositoryRoot(), 'e2e/logs') });
    kubelet = await PlayedKubelet.start(test.cluster, 'sandbox-0');
    const { deployment } = await deployStack(test, 'chatter');
    expect(deployment.status).toBe('succeeded');
    const { stacks } = await test.client.listStacks({ limit: 10 });
    stackId = stacks[0]?.stack_id ?? '';
    web = await podOf('web');
    worker = await podOf('worker');
  }, 180_000);
  afterAll(async () => {
    await Promise.all(followers.map((each) => each.leave()));
    await kubelet?.stop();
    await test?.stop();
  }, 60_000);
  beforeEach(async () => {
    await Promise.all(followers.splice(0).map((each) => each.leave()));
    kubelet.refuse(() => undefined);
    await soon(() => kubelet.followers === 0);
    for (const pod of [web, worker]) kubelet.restart(pod, pod === web ? 'web' : 'worker');
  });

  const path = (query = ''): string => `${test.system.gatewayUrl}/api/stacks/${stackId}/logs${query}`;
  function follow(query = ''): Follower {
    const follower = new Follower(path(`/stream${query}`));
    followers.push(follower);
    return follower;
  }
  async function soon(holds: () => boolean | Promise<boolean>): Promise<void> {
    await until('what a follower is to see', holds, 20_000).catch((error: unknown) => {
      throw new Error(`the last that was said: ${JSON.stringify(followers[0]?.said.slice(-5))}`, { cause: error });
    });
  }
  async function podsOf(service: string): Promise<readonly Pod[]> {
    const selector = encodeURIComponent(`app.kubernetes.io/name=${service}`);
    const { body } = await test.cluster.api.get(
      `/api/v1/namespaces/${test.namespace.name}/pods?labelSelector=${selector}`,
    );
    return (body as { items: Pod[] }).items;
  }
  async function podOf(service: string): Promise<string> {
    const [pod] = await podsOf(service);
    return pod?.metadata.name ?? '';
  }

  it('§2.10.4 logs: come from all its pods in the order of their time, with the secret values of the stack masked', async () => {
    const follower = follow();
    await soon(() => kubelet.followers === 2);
    kubelet.write(web, 'web', 'one');
    kubelet.write(worker, 'worker', `two: ${SECRET}`);
    kubelet.write(web, 'web', `three: ${Buffer.from(SECRET).toString('base64')} ${encodeURIComponent(SECRET)}`);
    await soon(() => follower.lines.length === 3);
    const times = follower.lines.map(({ time }) => time);
    expect(times).toEqual(times.toSorted());
    expect(follower.texts[0]).toBe('one');
    expect(follower.texts[1]).toMatch(/^two: \S+$/);
    expect(JSON.stringify(follower.said)).not.toContain(SECRET);
    expect(JSON.stringify(follower.said)).not.toContain(Buffer.from(SECRET).toString('base64'));
    const pods = new Map(follower.sources.map(({ source, service, pod }) => [source, `${service} ${pod}`]));
    expect(follower.lines.map(({ source }) => pods.get(source))).toEqual([
      `web ${web}`,
      `worker ${worker}`,
      `web ${web}`,
    ]);
  }, 60_000);

  it('are those of chosen services, with a text, since a time, the last of them', async () => {
    kubelet.write(web, 'web', 'old one', 'an Error: bad', 'fine');
    kubelet.write(worker, 'worker', 'error in worker');
    const text = async (query: string): Promise<string> => (await fetch(path(query))).text();
    expect(await text('?services=web')).toBe(`${web} web | old one\n${web} web | an Error: bad\n${web} web | fine\n`);
    expect(await text('?search=ERROR')).toContain('an Error: bad');
    expect(await text('?search=ERROR')).toContain('error in worker');
    expect(await text('?search=ERROR')).not.toContain('fine');
    expect(await text('?services=web&tail=1')).toBe(`${web} web | fine\n`);
    expect(await text('?services=web&tail=1&timestamps=true')).toMatch(/web \| \d{4}-\d{2}-\d{2}T[\d:.]+Z fine\n$/);
    expect(await text('?services=web&since=2100-01-01T00:00:00Z')).toBe('');
    const download = await fetch(path());
    expect(download.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(download.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const refused = await fetch(path('?services=nothing'));
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({ code: 'SERVICE_NOT_DEPLOYED' });
  }, 60_000);

  it('§2.10.4 logs: R121: are also those of the run before the current one, and say where there is none', async () => {
    kubelet.write(web, 'web', 'last words');
    kubelet.restart(web, 'web');
    kubelet.write(web, 'web', 'a new life');
    const follower = follow('?previous=true&services=web');
    await follower.done;
    expect(follower.texts).toEqual(['last words']);
    kubelet.refuse(() => ({ status: 400, text: 'previous terminated container "web" in pod "x" not found' }));
    const none = follow('?previous=true&services=web');
    await none.done;
    expect(none.notices.map(({ code }) => code)).toEqual(['NO_PREVIOUS']);
  }, 60_000);

  it('go on over a connection that is cut, without a line lost or had twice', async () => {
    const follower = follow();
    await soon(() => kubelet.followers === 2);
    const wanted: string[] = [];
    for (let round = 0; round < 5; round++) {
      for (let at = 0; at < 20; at++) {
        wanted.push(`${round}.${at}`);
        kubelet.write(at % 2 === 0 ? web : worker, at % 2 === 0 ? 'web' : 'worker', `${round}.${at}`);
      }
      kubelet.cut();
      await soon(() => kubelet.followers === 2);
    }
    await soon(() => follower.lines.length >= wanted.length);
    expect([...follower.texts].sort()).toEqual(wanted.sort());
  }, 90_000);

  it('§2.10.4 logs: R106: are followed, and go on with the successor when a pod dies', async () => {
    const follower = follow('?services=web');
    await soon(() => kubelet.followers === 1);
    kubelet.write(web, 'web', 'before');
    await soon(() => follower.lines.length === 1);
    const former = web;
    await test.cluster.api.delete(pathOf(test.namespace.name, 'pods', former));
    kubelet.end(former, 'web');
    await soon(async () => {
      const [pod, ...more] = (await podsOf('web')).filter(({ metadata }) => metadata.name !== former);
      web = pod?.metadata.name ?? '';
      return pod !== undefined && more.length === 0;
    });
    await soon(() => kubelet.followers === 1);
    kubelet.write(web, 'web', 'after');
    await soon(() => follower.texts.includes('after'));
    expect(follower.texts).toEqual(['before', 'after']);
    expect(follower.sources.map(({ pod }) => pod)).toEqual([former, web]);
  }, 90_000);

  it('of which one may not be read say so in words, and the others go on', async () => {
    kubelet.refuse(({ container }) => (container === 'web' ? { status: 403, text: 'no access to logs' } : undefined));
    const follower = follow();
    await soon(() => kubelet.followers === 1);
    kubelet.write(worker, 'worker', 'still here');
    await soon(() => follower.texts.includes('still here'));
    expect(follower.notices).toEqual([
      { source: expect.any(Number), code: 'FORBIDDEN', message: expect.stringContaining(web) },
    ]);
  }, 60_000);

  it('of a container that has not started say so, and come when it has', async () => {
    const waiting = 'container "web" in pod "x" is waiting to start: ContainerCreating';
    kubelet.refuse(({ container }) => (container === 'web' ? { status: 400, text: waiting } : undefined));
    const follower = follow('?services=web');
    await soon(() => follower.notices.length === 1);
    expect(follower.notices[0]).toMatchObject({
      code: 'NOT_STARTED',
      message: expect.stringContaining('waiting to start'),
    });
    kubelet.refuse(() => undefined);
    await soon(() => kubelet.followers === 1);
    kubelet.write(web, 'web', 'started');
    await soon(() => follower.texts.includes('started'));
  }, 60_000);

  it('hold no line that is longer than it may be, and say how much of it is left out', async () => {
    const follower = follow('?services=web');
    await soon(() => kubelet.followers === 1);
    kubelet.write(web, 'web', 'x'.repeat(3 * 1024 * 1024), 'next');
    await soon(() => follower.texts.includes('next'));
    const [long] = follower.lines;
    expect(long?.text.length).toBeLessThanOrEqual(1024 * 1024);
    expect((long?.text.length ?? 0) + (long?.cut ?? 0)).toBeGreaterThanOrEqual(3 * 1024 * 1024 - 100);
  }, 60_000);

  it('R106: R121: GET /api/kubernetes/{id}/pods/{pod}/logs gives the last lines, and says when there are none', async () => {
    kubelet.write(web, 'web', 'first', `second ${SECRET}`, 'third');
    const of = (pod: string, query = '') =>
      fetch(
        `${test.system.gatewayUrl}/api/kubernetes/${test.registered.cluster_id}/pods/${pod}/logs?namespace=${test.namespace.name}${query}`,
      );
    const good = await of(web, '&tail_lines=2');
    expect(good.status).toBe(200);
    const body = (await good.json()) as { logs: string };
    expect(body).toMatchObject({ pod_name: web, namespace: test.namespace.name, previous: false });
    expect(body.logs).toMatch(/^second \S+\nthird\n$/);
    expect(body.logs).not.toContain(SECRET);
    const absent = await of('nobody');
    expect([absent.status, await absent.json()]).toEqual([404, expect.objectContaining({ code: 'POD_NOT_FOUND' })]);
    kubelet.refuse(() => ({ status: 400, text: 'container "web" is waiting to start: PodInitializing' }));
    const early = await of(web);
    expect([early.status, await early.json()]).toEqual([409, expect.objectContaining({ code: 'LOGS_NOT_READY' })]);
  }, 60_000);

  it('leave nothing open when the last one who looks has gone', async () => {
    const many = Array.from({ length: 5 }, () => follow());
    await soon(() => kubelet.followers === 10);
    await Promise.all(many.map((each) => each.leave()));
    await soon(() => kubelet.followers === 0);
  }, 60_000);

  it.each(['operations-service', 'gateway'] as const)(
    'go on when the %s is killed: nothing hangs, no line is lost and none comes twice',
    async (service) => {
      const follower = follow();
      await soon(() => kubelet.followers === 2);
      const wanted: string[] = [];
      const write = (text: string): void => {
        wanted.push(text);
        kubelet.write(web, 'web', text);
      };
      for (let at = 0; at < 50; at++) write(`before ${at}`);
      await soon(() => follower.lines.length >= 10);
      const [running] = test.system.processes(service);
      running?.process.signal('KILL');
      for (let at = 0; at < 50; at++) write(`meanwhile ${at}`);
      await running?.process.exited;
      if (service === 'operations-service') await test.system.add(service);
      else await test.system.add(service);
      await soon(() => follower.texts.includes('meanwhile 49'));
      write('after');
      await soon(() => follower.texts.includes('after'));
      expect([...follower.texts].sort()).toEqual(wanted.sort());
    },
    90_000,
  );
});
