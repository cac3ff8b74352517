import { describe, expect, it } from '@jest/globals';
import { clusterTarget, DomainError, type StackPlaceData } from '@ushadow/contracts';
import type { StreamEvent } from '@ushadow/byte-streams';
import { Positions, unpackPositions } from '@ushadow/logs';
import { KubernetesApiError } from '@ushadow/kubernetes';
import { once } from 'node:events';
import { podOf, STACK, StandInCluster, type PodParts, type Run } from '../../testing/stand-in-cluster.ts';
import { ContainerLog, type ContainerLogParts } from './container-log.ts';
import type { LogWishes } from './log-wishes.ts';
import { LogQueue } from './log-queue.ts';
import { LogSession } from './log-session.ts';
import { eventOutlet } from './outlets.ts';
import { podContainers } from './pod-containers.ts';

const SINCE = '2026-01-01T00:00:00.000000000Z';
const at = (second: number, text: string): string =>
  `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000001Z ${text}`;
const place = {
  ...{ stack_id: STACK, target: clusterTarget('cluster'), namespace: 'shop', project: 'shop' },
  services: [{ service: 'web', object_name: 'web' }],
} as unknown as StackPlaceData;

interface ViewerOptions {
  readonly wishes?: Partial<LogWishes>;
  readonly after?: string;
  readonly container?: string;
  readonly isSlow?: boolean;
}

/** One who looks, until he leaves. */
class Viewer {
  readonly said: StreamEvent[] = [];
  readonly positions: Positions;
  readonly #over = new AbortController();
  readonly #done: Promise<unknown>;

  constructor(cluster: StandInCluster, { wishes = {}, after, container, isSlow = false }: ViewerOptions = {}) {
    const resumed = after === undefined ? undefined : unpackPositions(after);
    this.positions = resumed ?? new Positions(SINCE);
    const session = new LogSession({
      ...{ place, services: undefined, pod: undefined, container },
      wishes: { follow: true, previous: false, tail: undefined, since: undefined, matches: () => true, ...wishes },
      positions: this.positions,
      isResumed: resumed !== undefined,
      connect: () => Promise.resolve(cluster.transport),
      freshMasker: () => Promise.resolve({ mask: (text: string) => text, longest: 0 }),
    });
    const { signal } = this.#over;
    const outlet = eventOutlet(async (event) => {
      this.said.push(event);
      // Takes one batch of lines, and no more.
      if (isSlow && event.event === 'lines') await once(signal, 'abort');
    }, this.positions);
    this.#done = Promise.all([session.run(signal), session.queue.sendTo(outlet, signal)]);
  }

  get texts(): readonly string[] {
    return this.said.flatMap(({ event, data }) =>
      event === 'lines' ? (data as { lines: { text: string }[] }).lines.map(({ text }) => text) : [],
    );
  }
  get lastId(): string {
    return this.said.findLast(({ id }) => id !== undefined)?.id ?? '';
  }
  async until(holds: () => boolean): Promise<void> {
    for (const deadline = Date.now() + 10_000; !holds(); await new Promise((next) => setImmediate(next)))
      if (Date.now() > deadline) throw new Error(`it did not come about: ${JSON.stringify(this.said.slice(-5))}`);
  }
  async leave(): Promise<void> {
    this.#over.abort();
    await this.#done;
  }
}

describe('what somebody sees of the logs of a stack', () => {
  it('names a source before its lines, also where one comes while another is being told', async () => {
    const queue = new LogQueue();
    const over = new AbortController();
    const told: string[] = [];
    const source = (number: number) =>
      ({ source: number, service: 'web', pod: `web-${String(number)}`, container: 'web', kind: 'main' }) as const;
    const line = (number: number) => ({
      ...{
        source: number,
        time: SINCE,
        text: 'x',
        cut: 0,
        size: 1,
        key: 'k',
        isLive: false,
        position: { time: SINCE, count: 1 },
      },
    });
    const sending = queue.sendTo(
      {
        event: ({ event, data }) => {
          told.push(event === 'source' ? `source ${String(data.source)}` : event);
          if (told.length > 1) return Promise.resolve();
          queue.push([line(1)]);
          queue.open(source(2));
          queue.push([line(2)]);
          return Promise.resolve();
        },
        lines: (lines) => {
          told.push(...lines.map((each) => `line ${String(each.source)}`));
          if (told.includes('line 2')) over.abort();
          return Promise.resolve();
        },
        end: () => Promise.resolve(),
      },
      over.signal,
    );
    queue.open(source(1));
    await sending;
    expect(told).toEqual(['source 1', 'source 2', 'line 1', 'line 2']);
  });

  it('is more than 200 containers, one after the other, of which none leaves anything behind', async () => {
    const cluster = new StandInCluster();
    cluster.tell({ type: 'synced' });
    const viewer = new Viewer(cluster);
    for (let round = 0; round < 5; round++) {
      const names = Array.from({ length: 41 }, (_, at) => `web-${String(round)}-${String(at)}`);
      const pods = names.map((name) => podOf(name, { isRunning: false }));
      for (const name of names) cluster.logs.set(`${name}/web`, { current: { lines: [at(1, name)] } });
      cluster.tell(...pods.map((object) => ({ type: 'added', object }) as const));
      await viewer.until(() => names.every((name) => viewer.texts.includes(name)));
      cluster.tell(...pods.map((object) => ({ type: 'deleted', object }) as const));
    }
    await viewer.until(() => viewer.positions.pack().split('.').length === 1);
    await viewer.leave();
    expect(viewer.texts).toHaveLength(205);
  });

  const many = (log: (number: number) => Run, parts?: PodParts): StandInCluster => {
    const cluster = new StandInCluster();
    for (const number of [1, 2]) {
      cluster.logs.set(`web-${String(number)}/web`, { current: log(number) });
      cluster.tell({ type: 'added', object: podOf(`web-${String(number)}`, parts) });
    }
    cluster.tell({ type: 'synced' });
    return cluster;
  };
  const long = 'x'.repeat(40_000);

  it.each([true, false])('goes on with logs of which nothing was had when it was cut (follow: %s)', async (follow) => {
    const wishes = { follow };
    const log = (number: number): Run => ({ lines: [at(number * 10, `${long} a`), at(number * 10 + 1, `${long} b`)] });
    const first = new Viewer(many(log, { isRunning: follow }), { wishes, isSlow: true });
    await first.until(() => first.lastId !== '');
    const { lastId: after, texts } = first;
    await first.leave();
    expect(texts).toHaveLength(2);
    const second = new Viewer(many(log, { isRunning: follow }), { wishes, after });
    await second.until(() => texts.length + second.texts.length >= 4);
    await second.leave();
    expect(second.texts).toEqual([`${long} a`, `${long} b`]);
  });

  it('goes on with the rest of the run before, where a container has restarted meanwhile', async () => {
    const cluster = (parts: PodParts, ...runs: Run[]): StandInCluster => {
      const [current = { lines: [] }, previous] = runs;
      const made = new StandInCluster();
      made.logs.set('web-1/web', { current, ...(previous === undefined ? {} : { previous }) });
      made.tell({ type: 'added', object: podOf('web-1', parts) }, { type: 'synced' });
      return made;
    };
    const first = new Viewer(cluster({}, { lines: [at(1, 'one')] }));
    await first.until(() => first.texts.length === 1);
    const { lastId: after } = first;
    await first.leave();
    const runs = [{ lines: [at(5, 'a new life')] }, { lines: [at(1, 'one'), at(2, 'last words')] }];
    const second = new Viewer(cluster({ restarts: 1 }, ...runs), { after });
    await second.until(() => second.texts.length >= 2);
    await second.leave();
    expect(second.texts).toEqual(['last words', 'a new life']);
  });

  it('has all lines of a pod that comes later, however few of the others were wanted', async () => {
    const cluster = many(() => ({ lines: [at(1, 'old'), at(2, 'older')] }));
    const viewer = new Viewer(cluster, { wishes: { tail: 1 } });
    await viewer.until(() => viewer.texts.length === 2);
    cluster.logs.set('web-3/web', { current: { lines: [at(3, 'one'), at(4, 'two'), at(5, 'three')] } });
    cluster.tell({ type: 'added', object: podOf('web-3') });
    await viewer.until(() => viewer.texts.includes('three'));
    await viewer.leave();
    expect(viewer.texts.slice(2)).toEqual(['one', 'two', 'three']);
  });

  it('says which containers there are where none has the name that was asked for', async () => {
    const viewer = new Viewer(
      many(() => ({ lines: [] })),
      { container: 'nope' },
    );
    await viewer.until(() => viewer.said.length > 0);
    await viewer.leave();
    const message = 'No pod has a container nope. They have: web.';
    expect(viewer.said[0]).toMatchObject({ event: 'notice', data: { code: 'NOT_READABLE', message } });
  });

  it('is told a place to go on from at once where nothing of what there was is wanted', async () => {
    const viewer = new Viewer(
      many(() => ({ lines: [at(1, 'old')] })),
      { wishes: { tail: 0 } },
    );
    await viewer.until(() => viewer.lastId !== '');
    await viewer.leave();
    expect(unpackPositions(viewer.lastId)?.since).toBe(SINCE);
    expect(viewer.texts).toEqual([]);
  });
});

describe('the log of a container', () => {
  const wishes: LogWishes = { follow: true, previous: false, tail: undefined, since: undefined, matches: () => true };
  const running = podContainers(podOf('web-1'))[0];
  const read = async (transport: ContainerLogParts['transport'], texts: number): Promise<string[]> => {
    if (running === undefined) throw new Error('a pod has a container');
    const queue = new LogQueue();
    const over = new AbortController();
    const source = { source: 1, service: 'web', pod: 'web-1', container: 'web', kind: 'main' } as const;
    const had: string[] = [];
    queue.open(source);
    const log = new ContainerLog(
      {
        ...{ pod: { namespace: 'shop', name: 'web-1' }, source, key: 'k', wishes, queue, transport },
        ...{ from: undefined, start: 'wished', floor: SINCE, trouble: () => undefined },
        masker: () => ({ mask: (text) => text, longest: 0 }),
      },
      running,
    );
    const outlet = eventOutlet((event) => {
      if (event.event === 'lines')
        had.push(...(event.data as { lines: { text: string }[] }).lines.map(({ text }) => text));
      if (had.length >= texts) over.abort();
      return Promise.resolve();
    }, new Positions(SINCE));
    await Promise.all([log.run(over.signal), queue.sendTo(outlet, over.signal)]);
    return had;
  };

  it.each([
    ['who has its connection is away', new DomainError('SERVICE_UNAVAILABLE', 'unavailable', 'away')],
    [
      'its credential is being replaced',
      new KubernetesApiError({ httpStatus: 401, reason: 'Unauthorized', message: 'no' }),
    ],
  ])('goes on when %s for a moment', async (_, error) => {
    const cluster = new StandInCluster();
    cluster.logs.set('web-1/web', { current: { lines: [at(1, 'one')] } });
    let asked = 0;
    const transport = () => (++asked === 1 ? Promise.reject(error) : Promise.resolve(cluster.transport));
    expect(await read(transport, 1)).toEqual(['one']);
  });

  it('has no half line of one that was cut while it was written', async () => {
    const [half, whole] = [new StandInCluster(), new StandInCluster()];
    half.logs.set('web-1/web', { current: { lines: [at(1, 'one')], unfinished: at(2, 'tw') } });
    whole.logs.set('web-1/web', { current: { lines: [at(1, 'one'), at(2, 'two'), at(3, 'three')] } });
    let asked = 0;
    const transport = () => Promise.resolve((++asked === 1 ? half : whole).transport);
    expect(await read(transport, 3)).toEqual(['one', 'two', 'three']);
  });
});
