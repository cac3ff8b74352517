import type { ClusterWatch, ListTarget, WatchEvent } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import type { ClusterPort } from '../../src/index.ts';

/** The same cluster, of which no event ever comes: they are dropped, rate-limited or forgotten in real ones. */
export function withoutEvents(cluster: KubernetesTransport): ClusterPort {
  return new Proxy(cluster, {
    get(target, name) {
      if (name === 'watch') return (what: ListTarget, options: object) => watch(target, what, options);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function watch(cluster: KubernetesTransport, target: ListTarget, options: object): ClusterWatch {
  const real = cluster.watch(target, options);
  if (target.kind !== 'Event') return real;
  return { close: () => real.close(), [Symbol.asyncIterator]: () => silenced(real) };
}

async function* silenced(real: ClusterWatch): AsyncGenerator<WatchEvent> {
  for await (const event of real) if (!('object' in event)) yield event;
}
