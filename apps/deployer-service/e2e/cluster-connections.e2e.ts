import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redactor } from '@ushadow/secrets';
import { selfSigned } from '@ushadow/testing';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { ProcessIdentity } from '../src/clusters/process-identity.ts';
import { ClusterConnections } from '../src/clusters/cluster-connections.ts';

const [here, there] = ['127.0.0.1', '127.0.0.2'] as const;
const identity = selfSigned('api');

async function until(holds: () => boolean): Promise<void> {
  const limit = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > limit) throw new Error('it never came true');
    await new Promise((next) => setImmediate(next));
  }
}

describe('connections to clusters', () => {
  let servers: Server[];
  let port: number;
  let clusters: ClusterConnections;
  /** What cluster-service says when it is asked, and how often it was. */
  let reported: { readonly credential_version: number; readonly addresses: readonly string[] };
  let asked: number;

  const serve = async (address: string, on = 0): Promise<Server> => {
    const tls = { key: identity.privateKey, cert: identity.certificate };
    const server = createServer(tls, (_, response) => response.end(JSON.stringify({ gitVersion: address })));
    servers.push(server.listen(on, address));
    await once(server, 'listening');
    return server;
  };

  beforeEach(async () => {
    servers = [];
    asked = 0;
    port = ((await serve(here)).address() as AddressInfo).port;
    reported = { credential_version: 1, addresses: [here] };
    const call = () => {
      asked += 1;
      const connection = {
        server: `https://api.invalid:${String(port)}`,
        tlsServerName: 'localhost',
        caData: Buffer.from(identity.certificate).toString('base64'),
        auth: { token: 'canary' },
        pinnedAddresses: reported.addresses,
      };
      const { credential_version } = reported;
      return Promise.resolve({ credential_version, connection });
    };
    clusters = new ClusterConnections({ call } as never, new Redactor(), new ProcessIdentity());
  });
  afterEach(async () => {
    await clusters.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('are one for each credential, wherever its server is', async () => {
    const first = await clusters.to('c');
    reported = { ...reported, addresses: [there] };
    expect(await clusters.to('c')).toBe(first);
    reported = { ...reported, credential_version: 2 };
    expect(await clusters.to('c')).not.toBe(first);
  });

  it('lead to where the name leads with the next that is asked for, although the former server still answers', async () => {
    await serve(there, port);
    expect((await (await clusters.to('c')).version()).gitVersion).toBe(here);
    reported = { ...reported, addresses: [there] };
    expect((await (await clusters.to('c')).version()).gitVersion).toBe(there);
  });

  it('of credentials that were replaced end with their last call', async () => {
    const server = servers[0];
    const open = new Set<Socket>();
    server?.on('secureConnection', (socket: Socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    });
    for (let version = 1; version <= 20; version += 1) {
      reported = { ...reported, credential_version: version };
      await (await clusters.to('c')).version();
    }
    await until(() => open.size === 1);
  });

  it('of credentials that were replaced end at once when the cluster is removed', async () => {
    const former = await clusters.to('c');
    const held = Promise.withResolvers<void>();
    servers[0]?.removeAllListeners('request').on('request', () => held.resolve());
    const call = former.version();
    await held.promise;
    reported = { ...reported, credential_version: 2 };
    await clusters.to('c');
    let removed: (event: { cluster_id: string }) => void = () => undefined;
    const listen = (_event: unknown, _key: unknown, heard: typeof removed) => void (removed = heard);
    clusters.forgetRemoved({ listen } as never);
    removed({ cluster_id: 'c' });
    await expect(call).rejects.toMatchObject({ reason: 'ConnectionLost' });
  });

  it('ask again by themselves when the server has gone from where it was', async () => {
    const transport = await clusters.to('c');
    expect((await transport.version()).gitVersion).toBe(here);
    await serve(there, port);
    reported = { ...reported, addresses: [there] };
    servers[0]?.closeAllConnections();
    servers[0]?.close();
    expect((await transport.version()).gitVersion).toBe(there);
    expect(asked).toBe(2);
  });
});
