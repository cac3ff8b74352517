import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { selfSigned } from '@ushadow/testing';
import { once } from 'node:events';
import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { ClusterWatch } from '../src/index.ts';
import { KubernetesTransport } from '../src/transport/index.ts';

const MOVES = 200;
const places = ['127.0.0.1', '127.0.0.2'] as const;

async function until(holds: () => boolean): Promise<void> {
  const limit = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > limit) throw new Error('it never came true');
    await new Promise((next) => setImmediate(next));
  }
}

async function drain(watch: ClusterWatch): Promise<void> {
  for await (const _ of watch);
}

describe('connections to where a server was', () => {
  const sessions = new Set<ServerHttp2Session>();
  /** Answers that are held back until they are let go. */
  const held: (() => void)[] = [];
  let watched = 0;
  let server: Http2SecureServer;
  let transport: KubernetesTransport;

  beforeEach(async () => {
    const { certificate, privateKey } = selfSigned('moved');
    server = createSecureServer({ key: privateKey, cert: certificate }, (request, response) => {
      if (request.url === '/version') response.end('{"gitVersion":"v1"}');
      else if (request.url.includes('/log')) held.push(() => void response.end('log'));
      else if (request.url.includes('watch=1')) response.write('\n', () => (watched += 1));
      else response.end('{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]}');
    });
    server.on('session', (session) => {
      sessions.add(session);
      session.on('close', () => sessions.delete(session));
      session.on('error', () => undefined);
    });
    server.listen(0, '0.0.0.0');
    await once(server, 'listening');
    transport = new KubernetesTransport({
      server: `https://moved:${String((server.address() as AddressInfo).port)}`,
      tlsServerName: 'localhost',
      caData: Buffer.from(certificate).toString('base64'),
      auth: { token: 't' },
      pinnedAddresses: [places[0]],
    });
  });
  afterEach(async () => {
    await transport.close();
    server.close();
  });

  it('end with their last call, over hundreds of moves', async () => {
    for (let move = 1; move <= MOVES; move += 1) {
      await transport.version();
      transport.moveTo([places[move % 2] ?? '']);
      if (move % 50 === 0) await until(() => sessions.size === 0);
    }
    await transport.version();
    await until(() => sessions.size === 1);
  }, 30_000);

  it('end once their calls and watches have ended, and not before', async () => {
    const pod = { group: '', version: 'v1', kind: 'Pod', namespace: 'a' };
    const logs: Promise<string>[] = [];
    const watches: ClusterWatch[] = [];
    for (let move = 1; move <= 4; move += 1) {
      logs.push(transport.logs({ namespace: 'a', name: 'b' }));
      const watch = transport.watch(pod);
      watches.push(watch);
      void drain(watch);
      await until(() => held.length === move && watched === move);
      transport.moveTo([places[move % 2] ?? '']);
    }
    expect(sessions.size).toBe(8);
    for (const answer of held.splice(0)) answer();
    expect(await Promise.all(logs)).toEqual(['log', 'log', 'log', 'log']);
    await until(() => sessions.size === 4);
    expect(transport.isIdle).toBe(false);
    for (const watch of watches) watch.close();
    await until(() => sessions.size === 0);
    await until(() => transport.isIdle);
  });

  it('end at once when all is closed, with the calls on them', async () => {
    const call = transport.logs({ namespace: 'a', name: 'b' });
    await until(() => held.length === 1);
    transport.release();
    await Promise.all([transport.close(), expect(call).rejects.toMatchObject({ reason: 'ConnectionLost' })]);
    await until(() => sessions.size === 0);
  });
});
