import { afterEach, describe, expect, it } from '@jest/globals';
import { AddressPolicy } from '@ushadow/outbound';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readImageName } from './image-name.ts';
import { RegistryClient } from './registry-client.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

type Answer = (request: IncomingMessage, response: ServerResponse, origin: string) => void;

async function registry(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    answer(request, response, `http://${request.headers.host ?? ''}`);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

function client(host: string, { login = true, allowLoopback = true, plaintext = [host] } = {}): RegistryClient {
  const image = readImageName(`${host}/team/web:1`);
  if (image === undefined) throw new Error('no name');
  const policy = new AddressPolicy({ allowLoopback, loopbackSetting: 'X', allow: [], deny: [], ownEndpoints: [] });
  return new RegistryClient(image, login ? { username: 'robot', password: 'pw' } : undefined, { policy, plaintext });
}

const tags = (response: ServerResponse, names: readonly string[]): void => {
  response.end(JSON.stringify({ tags: names }));
};

describe('a registry', () => {
  it('is asked for a token once, with the login, and then with the token', async () => {
    const seen: string[] = [];
    const host = await registry(({ url = '', headers }, response, origin) => {
      seen.push(`${url.split('?')[0] ?? ''} ${headers.authorization?.split(' ')[0] ?? '-'}`);
      if (url.startsWith('/token')) return response.end(JSON.stringify({ access_token: 'abc' }));
      if (headers.authorization === 'Bearer abc') return tags(response, ['1', '2']);
      const challenge = `Bearer realm="${origin}/token",service="s"`;
      return response.writeHead(401, { 'www-authenticate': challenge }).end();
    });
    const asked = client(host);
    expect(await asked.tags()).toEqual(['1', '2']);
    expect(await asked.tags()).toEqual(['1', '2']);
    const path = '/v2/team/web/tags/list';
    expect(seen).toEqual([`${path} -`, '/token Basic', `${path} Bearer`, `${path} Bearer`]);
  });

  it('is read page by page, as far as there are full ones', async () => {
    const first = Array.from({ length: 1_000 }, (_, index) => `a${String(index)}`);
    const host = await registry(({ url = '' }, response) => {
      tags(response, url.includes('last=a999') ? ['z'] : first);
    });
    expect((await client(host).tags()).length).toBe(1_001);
  });

  it('whose pages are smaller than was asked for is read by its links, from itself alone', async () => {
    const queries: string[] = [];
    const host = await registry(({ url = '' }, response) => {
      queries.push(url.split('?')[1] ?? '');
      if (url.includes('cursor=2')) return tags(response, ['1.9.0']);
      response.setHeader('link', '<http://169.254.169.254/v2/team/web/tags/list?n=2&cursor=2>; rel="next"');
      return tags(response, ['1.0.0', '1.1.0']);
    });
    expect(await client(host).tags()).toEqual(['1.0.0', '1.1.0', '1.9.0']);
    expect(queries).toEqual(['n=1000', 'n=2&cursor=2']);
  });

  it('that links to the same page again and again is left', async () => {
    let asked = 0;
    const host = await registry((_request, response) => {
      asked += 1;
      response.setHeader('link', '</v2/team/web/tags/list?n=2>; rel="next"');
      tags(response, ['1', '2']);
    });
    expect(await client(host).tags()).toEqual(['1', '2']);
    expect(asked).toBe(2);
  });

  it('says whether it has a tag or a digest, and why it cannot say it', async () => {
    const host = await registry(({ url = '' }, response) => {
      response.writeHead(url.endsWith('/here') ? 200 : url.endsWith('/gone') ? 404 : 500).end();
    });
    const asked = client(host);
    expect([await asked.has('here'), await asked.has('gone')]).toEqual([true, false]);
    await expect(asked.has('other')).rejects.toThrow('answers 500');
  });

  it('that never ends its pages is given up', async () => {
    let page = 0;
    const host = await registry((_request, response) => {
      page += 1;
      tags(
        response,
        Array.from({ length: 1_000 }, (_, index) => `t${String(page)}-${String(index)}`),
      );
    });
    expect((await client(host).tags()).length).toBe(20_000);
  });

  it('that gives no digest is asked for the manifest, whose bytes have it', async () => {
    const host = await registry(({ method }, response) => response.end(method === 'HEAD' ? undefined : 'manifest'));
    const digest = createHash('sha256').update('manifest').digest('hex');
    expect(await client(host).digest('1')).toBe(`sha256:${digest}`);
  });

  it.each([
    [401, 'does not let robot see team/web'],
    [403, 'does not let robot see team/web'],
    [404, 'is not there'],
    [429, 'too often'],
    [302, 'not followed'],
    [500, 'answers 500'],
  ])('that answers %i is explained in words', async (status, words) => {
    const host = await registry((_request, response) =>
      response.writeHead(status, { location: 'http://10.0.0.1/' }).end(),
    );
    await expect(client(host).tags()).rejects.toThrow(words);
  });

  it('is not asked without TLS, nor at an address that is refused, unless the operator says so', async () => {
    let asked = 0;
    const host = await registry((_request, response) => {
      asked += 1;
      response.end('{}');
    });
    await expect(client(host, { allowLoopback: false }).tags()).rejects.toThrow('loopback');
    await expect(client(host, { plaintext: [] }).tags()).rejects.toThrow();
    expect(asked).toBe(0);
  });

  it('cannot send the login to an address that is refused', async () => {
    const host = await registry((_request, response) => {
      const challenge = 'Bearer realm="http://169.254.169.254/token",service="s"';
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    });
    await expect(client(host).tags()).rejects.toThrow('metadata');
  });

  it('that answers with more than a list could be is refused', async () => {
    const host = await registry((_request, response) => response.end(Buffer.alloc(5 * 1024 * 1024)));
    await expect(client(host).tags()).rejects.toThrow('larger');
  });
});
