import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AddressPolicy } from './address-policy.ts';
import { ownEndpoints } from './own-endpoints.ts';
import type { Lookup } from './resolve-host.ts';
import { sendRequest, type OutboundRequest } from './send-request.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function portOf(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const policy = new AddressPolicy({
  allowLoopback: true,
  loopbackSetting: 'X',
  allow: [],
  deny: [],
  ownEndpoints: ownEndpoints(['nats://127.0.0.1:4222']),
});
const send = (url: string, more: Partial<OutboundRequest> = {}, lookup?: Lookup) =>
  sendRequest(
    {
      method: 'POST',
      url,
      body: '{}',
      timeoutMs: 5_000,
      answerMaxBytes: 100,
      beyond: 'cut',
      allowPlaintext: true,
      ...more,
    },
    { policy, ...(lookup === undefined ? {} : { lookup }) },
  );

describe('a request to a host that a user has named', () => {
  it('gives the answer, whatever its status', async () => {
    const port = await portOf((request, response) => {
      response.writeHead(410, { 'x-seen': request.headers.host ?? '' }).end('gone');
    });
    const { status, headers, body } = await send(`http://127.0.0.1:${String(port)}/x`);
    expect([status, headers['x-seen'], body.toString()]).toEqual([410, `127.0.0.1:${String(port)}`, 'gone']);
  });

  it('follows no redirect: it is an answer like others', async () => {
    let visits = 0;
    const inner = await portOf((_request, response) => {
      visits += 1;
      response.end();
    });
    const port = await portOf((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${String(inner)}/` }).end();
    });
    expect((await send(`http://127.0.0.1:${String(port)}/`)).status).toBe(307);
    expect(visits).toBe(0);
  });

  it('goes to the address that was judged, also when the name leads elsewhere a moment later', async () => {
    let asked = 0;
    const changing: Lookup = () => {
      asked += 1;
      return Promise.resolve([asked === 1 ? '127.0.0.1' : '169.254.169.254']);
    };
    const port = await portOf((request, response) => {
      response.end(request.headers.host);
    });
    const { body } = await send(`http://receiver.example:${String(port)}/`, {}, changing);
    expect(body.toString()).toBe(`receiver.example:${String(port)}`);
    expect(asked).toBe(1);
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data', 'forbidden'],
    ['http://2852039166/', 'forbidden'],
    ['http://[::ffff:169.254.169.254]/', 'forbidden'],
    ['http://127.0.0.1:4222/', 'forbidden'],
    ['http://mixed.example/', 'forbidden'],
    ['http://nowhere.example/', 'unresolved'],
    ['ftp://receiver.example/', 'invalid-url'],
    ['http://user:secret@receiver.example/', 'invalid-url'],
    ['not a url', 'invalid-url'],
  ])('is refused for %s: %s', async (url, reason) => {
    const names: Readonly<Record<string, readonly string[]>> = { 'mixed.example': ['203.0.113.7', '169.254.169.254'] };
    const look: Lookup = (host) => Promise.resolve(names[host] ?? []);
    await expect(send(url, {}, look)).rejects.toMatchObject({ name: 'OutboundError', reason });
  });

  it('is refused without TLS unless somebody has said yes to it', async () => {
    await expect(send('http://127.0.0.1:1/', { allowPlaintext: false })).rejects.toMatchObject({ reason: 'plaintext' });
  });

  it('ends in time where nothing answers', async () => {
    const port = await portOf(() => undefined);
    const url = `http://127.0.0.1:${String(port)}/`;
    await expect(send(url, { timeoutMs: 100 })).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('says that a connection is refused without naming an address', async () => {
    const look: Lookup = () => Promise.resolve(['127.0.0.1']);
    await expect(send('http://receiver.example:1/', {}, look)).rejects.toMatchObject({
      reason: 'network',
      message: 'receiver.example refuses the connection',
    });
  });

  it('reads a long answer as far as it may, or refuses it', async () => {
    const port = await portOf((_request, response) => {
      response.end('x'.repeat(1_000));
    });
    const url = `http://127.0.0.1:${String(port)}/`;
    expect((await send(url)).body).toHaveLength(100);
    await expect(send(url, { beyond: 'refuse' })).rejects.toMatchObject({ reason: 'too-large' });
  });

  it('takes the status of an answer whose body never ends', async () => {
    const port = await portOf((_request, response) => {
      response.writeHead(200).write('half');
    });
    const { status, body } = await send(`http://127.0.0.1:${String(port)}/`, { timeoutMs: 200 });
    expect([status, body.toString()]).toEqual([200, 'half']);
  });
});
