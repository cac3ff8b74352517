import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { KubeObject, WatchEvent } from '../src/index.ts';
import { KubernetesTransport, systemClock } from '../src/transport/index.ts';
import { HTTP_DEFAULTS, HttpClient } from '../src/transport/http-client.ts';
import { ServerAddresses } from '../src/transport/server-addresses.ts';
import { watchLines } from '../src/transport/watch-lines.ts';
import { watchTarget } from '../src/transport/watch-target.ts';
import { Relay, testConnection, uniqueName } from './testing/test-cluster.ts';

jest.setTimeout(60_000);

const fieldManager = 'ushadow';
const namespace = uniqueName('watch');
const target = { group: '', version: 'v1', kind: 'ConfigMap', namespace, labelSelector: 'test=watch' };
const configMap = (name: string, value: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, labels: { test: 'watch' } },
  data: { value },
});

/** Reads on until a text is seen, e.g. `added a` or `synced`. */
async function until(events: AsyncIterator<WatchEvent>, wanted: string, seen: string[]): Promise<void> {
  while (seen.at(-1) !== wanted) {
    const next = await events.next();
    if (next.done === true) throw new Error(`the watch ended before "${wanted}"`);
    seen.push('object' in next.value ? `${next.value.type} ${next.value.object.metadata.name}` : next.value.type);
  }
}

/** What kube-apiserver sends in a watch whose resourceVersion was compacted away. */
async function* expired(): AsyncGenerator<string> {
  const message = 'too old resource version: 1 (2)';
  const object = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Expired', code: 410, message };
  yield await Promise.resolve(JSON.stringify({ type: 'ERROR', object }));
}

describe('watch against a real API server', () => {
  const direct = new KubernetesTransport(testConnection());
  const relay = new Relay(testConnection().server);
  let relayed: KubernetesTransport;

  beforeAll(async () => {
    relayed = new KubernetesTransport({ ...testConnection(), server: await relay.listen() });
    await direct.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, { fieldManager });
  });
  afterAll(async () => {
    await direct.delete({ group: '', version: 'v1', kind: 'Namespace', name: namespace });
    await Promise.all([direct.close(), relayed.close()]);
    await relay.close();
  });

  it('lists, follows, and goes on after its connection was cut, without missing anything', async () => {
    await direct.apply(configMap('a', '1'), { fieldManager });
    const watch = relayed.watch(target);
    const events = watch[Symbol.asyncIterator]();
    const seen: string[] = [];
    await until(events, 'synced', seen);
    await direct.apply(configMap('a', '2'), { fieldManager });
    await until(events, 'modified a', seen);
    relay.cut();
    await direct.apply(configMap('b', '1'), { fieldManager });
    await until(events, 'added b', seen);
    await direct.delete({ ...target, name: 'b' });
    await until(events, 'deleted b', seen);
    expect(seen).toEqual(['added a', 'synced', 'modified a', 'added b', 'deleted b']);
    watch.close();
    expect((await events.next()).done).toBe(true);
  });

  it('reports when it is lost and when it is regained', async () => {
    const watch = relayed.watch(target);
    const events = watch[Symbol.asyncIterator]();
    const seen: string[] = [];
    await until(events, 'synced', seen);
    relay.isUp = false;
    relay.cut();
    await until(events, 'interrupted', seen);
    relay.isUp = true;
    await direct.apply(configMap('c', '1'), { fieldManager });
    await until(events, 'added c', seen);
    expect(seen.slice(-3)).toEqual(['interrupted', 'resumed', 'added c']);
    watch.close();
  });

  it('keeps more watches open than one connection has streams', async () => {
    const everyone = { ...target, labelSelector: 'test=many' };
    const watches = Array.from({ length: 150 }, () => direct.watch(everyone));
    const readers = watches.map((watch) => ({ events: watch[Symbol.asyncIterator](), seen: [] as string[] }));
    try {
      await Promise.all(readers.map(({ events, seen }) => until(events, 'synced', seen)));
      const many = { ...configMap('many', '1'), metadata: { name: 'many', namespace, labels: { test: 'many' } } };
      await direct.apply(many, { fieldManager });
      await Promise.all(readers.map(({ events, seen }) => until(events, 'added many', seen)));
      expect(readers.every(({ seen }) => seen.join() === 'synced,added many')).toBe(true);
    } finally {
      for (const watch of watches) watch.close();
    }
  });

  it('lists anew after 410 and reports what vanished meanwhile', async () => {
    await direct.apply(configMap('stays', '1'), { fieldManager });
    await direct.apply(configMap('goes', '1'), { fieldManager });
    const addresses = new ServerAddresses([]);
    const options = { ...HTTP_DEFAULTS, addresses, clock: systemClock, random: Math.random };
    const client = new HttpClient(testConnection(), options);
    let lists = 0;
    const watch = watchTarget(
      {
        async list(options) {
          const result = await direct.list(target, options);
          lists += 1;
          if (lists > 1) return result;
          await direct.delete({ ...target, name: 'goes' });
          return { ...result, resourceVersion: 'compacted' };
        },
        lines(resourceVersion, signal, opened) {
          if (resourceVersion === 'compacted') return expired();
          const path = `/api/v1/namespaces/${namespace}/configmaps`;
          const query = { watch: 1, resourceVersion, allowWatchBookmarks: 'true', labelSelector: 'test=watch' };
          const times = { clock: systemClock, idleMs: 60_000, connectMs: 5_000 };
          return watchLines(client, { operation: 'watch', method: 'GET', path, query }, { ...times, signal, opened });
        },
      },
      { clock: systemClock, random: Math.random },
    );
    const events = watch[Symbol.asyncIterator]();
    const seen: string[] = [];
    await until(events, 'synced', seen);
    await until(events, 'deleted goes', seen);
    seen.push('');
    await until(events, 'synced', seen);
    expect(lists).toBe(2);
    expect(seen.filter((text) => text === 'deleted goes')).toHaveLength(1);
    expect(seen.filter((text) => text === 'added stays')).toHaveLength(1);
    watch.close();
    await client.close();
  });
});
