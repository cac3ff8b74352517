import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { apiProxy, type ApiFault, type ApiProxy } from '@ushadow/testing';
import { readFileSync } from 'node:fs';
import type { KubeObject, ObjectId, RetryNotice, WatchEvent } from '../src/index.ts';
import { KubernetesApiError, parseKubeconfig } from '../src/index.ts';
import { KubernetesTransport } from '../src/transport/index.ts';
import { uniqueName } from './testing/test-cluster.ts';

jest.setTimeout(60_000);

const fieldManager = 'ushadow';
const namespace = uniqueName('faults');
const configMap = (name: string, text = ''): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, labels: { of: 'faults' } },
  data: { text },
});
const idOf = (name: string): ObjectId => ({ group: '', version: 'v1', kind: 'ConfigMap', namespace, name });
const target = { group: '', version: 'v1', kind: 'ConfigMap', namespace, labelSelector: 'of=faults' };

describe('transport to an API server that fails', () => {
  let proxy: ApiProxy;
  let transport: KubernetesTransport;
  let other: KubernetesTransport;

  const open = (kubeconfig: string): KubernetesTransport => {
    const parsed = parseKubeconfig(kubeconfig);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return new KubernetesTransport(parsed.connection, { pingIntervalMs: 300, silenceMaxMs: 1_500 });
  };

  beforeAll(async () => {
    const kubeconfig = readFileSync(process.env['USHADOW_TEST_KUBECONFIG'] ?? '', 'utf8');
    proxy = await apiProxy(kubeconfig);
    transport = open(proxy.kubeconfig);
    other = open(kubeconfig);
    await other.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, { fieldManager });
  });
  afterEach(() => {
    proxy.setRule(undefined);
    proxy.network.mend();
  });
  afterAll(async () => {
    await other.delete({ group: '', version: 'v1', kind: 'Namespace', name: namespace });
    await Promise.all([transport.close(), other.close()]);
    await proxy.close();
  });

  /** Meets the next so many calls. */
  const next = (count: number, fault: ApiFault): void => {
    let left = count;
    proxy.setRule(() => (left-- > 0 ? fault : undefined));
  };
  const apply = async (name: string): Promise<readonly RetryNotice[]> => {
    const notices: RetryNotice[] = [];
    await transport.apply(configMap(name), { fieldManager, onRetry: (notice) => notices.push(notice) });
    expect(await other.get(idOf(name))).toBeDefined();
    return notices;
  };

  it.each([
    ['reset before the server acts', { kind: 'reset', moment: 'before' }],
    ['reset after the server acted', { kind: 'reset', moment: 'handled' }],
    ['answer lost after the server acted', { kind: 'lose-answer' }],
    ['503', { kind: 'refuse', status: 503 }],
    ['504', { kind: 'refuse', status: 504 }],
    ['500 without a reason', { kind: 'refuse', status: 500 }],
  ] as const)('makes a call again after: %s', async (name, fault) => {
    next(2, fault);
    expect(await apply(name.replaceAll(' ', '-'))).toHaveLength(2);
  });

  it('waits as long as Retry-After says', async () => {
    next(1, { kind: 'refuse', status: 429, retryAfterSeconds: 1 });
    const [notice] = await apply('throttled');
    expect(notice).toMatchObject({ httpStatus: 429, waitMs: 1_000 });
  });

  it('ends a call at its deadline, with what went wrong', async () => {
    proxy.setRule(() => ({ kind: 'refuse', status: 503 }));
    const failed = await transport.get(idOf('x'), { deadlineMs: 1_000 }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(KubernetesApiError);
    expect(failed).toMatchObject({ httpStatus: 503 });
  });

  it.each(['before', 'handled'] as const)(
    'notices a connection that went silent %s the server acted, and goes on over a new one',
    async (moment) => {
      next(1, { kind: 'half-open', moment });
      const startedAt = performance.now();
      expect(await apply(`half-open-${moment}`)).toMatchObject([{ reason: 'ConnectionLost' }]);
      expect(performance.now() - startedAt).toBeLessThan(5_000);
    },
  );

  describe('a watch', () => {
    /** Everything it says, until `enough`. */
    const follow = async (act: () => Promise<void>, enough: (events: readonly WatchEvent[]) => boolean) => {
      const events: WatchEvent[] = [];
      const watch = transport.watch(target);
      for await (const event of watch) {
        events.push(event);
        if (event.type === 'synced' && events.filter(({ type }) => type === 'synced').length === 1) await act();
        if (enough(events)) break;
      }
      watch.close();
      return events;
    };
    const lastTexts = (events: readonly WatchEvent[]): Record<string, string> => {
      const texts = new Map<string, string>();
      for (const event of events) {
        if (!('object' in event)) continue;
        const { name } = event.object.metadata;
        if (event.type === 'deleted') texts.delete(name);
        else texts.set(name, (event.object['data'] as { text: string }).text);
      }
      return Object.fromEntries([...texts].filter(([name]) => name.startsWith('watched')));
    };

    it.each([
      ['cut at once', { kind: 'cut-watch', afterLines: 0 }],
      ['cut in the middle of a line', { kind: 'cut-watch', afterLines: 1 }],
      ['answered that its version is too old', { kind: 'expire-watch', afterLines: 1 }],
      ['sent everything twice', { kind: 'repeat-watch' }],
      ['reset with its connection', { kind: 'reset', moment: 'handled' }],
      ['refused', { kind: 'refuse', status: 503 }],
      ['silent with its connection', { kind: 'half-open', moment: 'handled' }],
    ] as const)('misses no change when it is %s', async (name, fault) => {
      let left = 2;
      proxy.setRule(({ isWatch }) => (isWatch && left-- > 0 ? fault : undefined));
      const run = name.replaceAll(' ', '-');
      const events = await follow(
        async () => {
          for (const text of ['1', '2', '3']) await other.apply(configMap(`watched-${run}`, text), { fieldManager });
          await other.apply(configMap(`watched-${run}-gone`), { fieldManager });
          await other.delete(idOf(`watched-${run}-gone`));
          await other.apply(configMap(`watched-${run}-last`, 'last'), { fieldManager });
        },
        (seen) => lastTexts(seen)[`watched-${run}-last`] === 'last',
      );
      const texts = lastTexts(events);
      expect(texts[`watched-${run}`]).toBe('3');
      expect(texts).not.toHaveProperty(`watched-${run}-gone`);
    });
  });
});
