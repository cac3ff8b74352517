import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WatchEvent } from '../src/index.ts';
import { KubernetesTransport } from '../src/transport/index.ts';
import { Relay, testConnection, uniqueName } from './testing/test-cluster.ts';

const fieldManager = 'ushadow';
const [here, there] = ['127.0.0.1', '127.0.0.2'] as const;
const name = uniqueName('moved');
const target = { group: '', version: 'v1', kind: 'Namespace', fieldSelector: `metadata.name=${name}` };

describe('an API server behind addresses that come and go', () => {
  const connection = testConnection();
  const direct = new KubernetesTransport(connection);
  let relays: Relay[];
  let transport: KubernetesTransport;
  /** What its name resolves to now. */
  let resolved: readonly string[] = [here];

  beforeAll(async () => {
    relays = [new Relay(connection.server), new Relay(connection.server)];
    const port = Number(new URL((await relays[0]?.listen(here)) ?? '').port);
    await relays[1]?.listen(there, port);
    transport = new KubernetesTransport(
      {
        ...connection,
        server: `https://api.invalid:${String(port)}`,
        tlsServerName: 'kubernetes',
        pinnedAddresses: resolved,
      },
      { askAddresses: () => Promise.resolve(resolved) },
    );
  });
  afterAll(async () => {
    await direct.delete({ group: '', version: 'v1', kind: 'Namespace', name });
    await Promise.all([transport.close(), direct.close()]);
    await Promise.all(relays.map((relay) => relay.close()));
  });

  it('is written to and watched on while its address changes, without a failed call', async () => {
    const watch = transport.watch(target)[Symbol.asyncIterator]();
    const next = async (wanted: WatchEvent['type']): Promise<void> => {
      for (let seen = await watch.next(); seen.done !== true && seen.value.type !== wanted; seen = await watch.next());
    };
    await next('synced');
    resolved = [there];
    // The address is gone with all its connections, as when a managed endpoint is moved.
    const [first] = relays;
    if (first !== undefined) first.isUp = false;
    first?.cut();
    await transport.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager });
    await next('added');
    expect(await direct.get({ group: '', version: 'v1', kind: 'Namespace', name })).toBeDefined();
    await watch.return?.();
  }, 60_000);
});
