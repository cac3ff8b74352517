import { setTimeout as delay } from 'node:timers/promises';
import { KubernetesTransport } from '../../src/transport/index.ts';
import { testConnection } from './test-cluster.ts';

/** Gives up many writes at different moments, each time over a new connection. Ends in order when all have come back. */
const ROUNDS = 40;
const CALLS = 8;
const SPREAD_MS = 15;

for (let round = 0; round < ROUNDS; round++) {
  const transport = new KubernetesTransport(testConnection());
  const giveUp = new AbortController();
  const calls = Array.from({ length: CALLS }, (_, index) => {
    const metadata = { name: `abandoned-${index}`, namespace: 'default' };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { text: 'x'.repeat(20_000) } };
    return transport.apply(object, { fieldManager: 'abandoning', dryRun: true, signal: giveUp.signal });
  });
  const settled = Promise.allSettled(calls);
  await delay((SPREAD_MS * round) / ROUNDS);
  giveUp.abort();
  await settled;
  await transport.close();
}
