import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { KubernetesTransport } from '../../src/transport/index.ts';
import { testConnection } from './test-cluster.ts';

const CALLS = 8;
const CREATED = 'http2.client.stream.created';
/** How soon after a stream was made it is given up: its body has not gone out, has just gone out, is on its way. */
const SOON: readonly ((act: () => void) => unknown)[] = [queueMicrotask, process.nextTick, setImmediate];

/** Gives up writes as one of their streams is made, each time over a new connection. Ends when all have come back. */
for (const soon of SOON) {
  for (let at = 1; at <= CALLS; at++) {
    const giveUp = new AbortController();
    let made = 0;
    const onMade = (): void => {
      if (++made === at) soon(() => giveUp.abort());
    };
    subscribe(CREATED, onMade);
    const transport = new KubernetesTransport(testConnection());
    const calls = Array.from({ length: CALLS }, (_, index) => {
      const metadata = { name: `abandoned-${index}`, namespace: 'default' };
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { text: 'x'.repeat(20_000) } };
      return transport.apply(object, { fieldManager: 'abandoning', dryRun: true, signal: giveUp.signal });
    });
    await Promise.allSettled(calls);
    // The connection is used on: that is when what is left of the given-up streams would be sent.
    await transport.version();
    unsubscribe(CREATED, onMade);
    await transport.close();
  }
}
