import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { httpOperations } from '@ushadow/contracts';
import { createLogger } from '@ushadow/observability';
import { busOf } from '@ushadow/testing';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gatewayConfig, type GatewayConfig } from '../src/config.ts';
import { createGateway } from '../src/create-gateway.ts';
import { OpenStreams } from '../src/sse/open-streams.ts';

const config = gatewayConfig.omit({ NATS_IDENTITY: true, NATS_SERVICES: true }).parse({
  NATS_URL: 'nats://127.0.0.1:1',
  HEALTH_PORT: '0',
  REQUESTS_PER_MINUTE_MAX: '200',
}) as GatewayConfig;
const bus = busOf('nats://test-0:test@127.0.0.1:1', 'gateway');
const logger = createLogger({ service: 'gateway', level: 'fatal', redact: (line) => line });

describe('the HTTP edge, with nothing behind it', () => {
  let app: Awaited<ReturnType<typeof createGateway>>;
  let url: string;

  beforeAll(async () => {
    app = await createGateway(config, bus, logger, new OpenStreams({ perClient: 2, inAll: 2 }));
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(() => app.close());

  const json = { 'content-type': 'application/json' };

  it.each([
    ['a page that is not there', '/api/nothing', {}, 404],
    ['a path that is none', '/api/kubernetes/clusters/%E0%A4%A', {}, 422],
    ['an answer that cannot come', '/api/kubernetes/clusters', {}, 503],
    ['a write that is none', '/api/kubernetes/clusters', { method: 'POST' }, 415],
    ['a body that is none', '/api/kubernetes/clusters', { method: 'POST', headers: json, body: '{' }, 422],
    [
      'a body that is too large',
      '/api/kubernetes/clusters',
      { method: 'POST', headers: json, body: `"${'x'.repeat(3e6)}"` },
      413,
    ],
    ['another site', '/api/kubernetes/clusters', { headers: { origin: 'https://evil.example' } }, 403],
    [
      'another site, as the browser says',
      '/api/kubernetes/clusters',
      { headers: { 'sec-fetch-site': 'same-site' } },
      403,
    ],
    [
      'a preflight of another site',
      '/api/kubernetes/clusters',
      { method: 'OPTIONS', headers: { origin: 'https://evil.example' } },
      403,
    ],
    ['the reference', '/api/docs', {}, 200],
    ['a script of the reference', '/api/docs/swagger-ui-init.js', {}, 200],
    ['the document', '/api/openapi.json', {}, 200],
    ['a stream', '/api/events/stream?deployment=00000000-0000-4000-8000-000000000000', {}, 200],
  ])('protects every answer: %s', async (_, path, init: RequestInit, status) => {
    const abort = new AbortController();
    const answer = await fetch(`${url}${path}`, { ...init, signal: abort.signal });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('cache-control')).toMatch(/^no-store/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("script-src 'self' 'unsafe");
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('x-powered-by')).toBeNull();
    abort.abort();
  });

  it('shows a reference whose scripts are files of its own', async () => {
    const page = await (await fetch(`${url}/api/docs`)).text();
    const scripts = [...page.matchAll(/<script([^>]*)>([^<]*)/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, attributes, text] of scripts) {
      expect(attributes).toMatch(/ src="\.\//);
      expect(text?.trim()).toBe('');
    }
  });

  it('takes no write of any operation that does not say it is JSON, but for those that are signed as they are', async () => {
    const writes = Object.values(httpOperations).filter(({ http }) => http.method !== 'GET' && http.raw === undefined);
    for (const { http } of writes) {
      const answer = await fetch(`${url}${http.path}`, { method: http.method });
      expect([http.path, answer.status]).toEqual([http.path, 415]);
    }
  });

  /** What is answered to who asks for a WebSocket, as soon as it says how it is to be. */
  const upgrade = async (path: string, headers = ''): Promise<string> => {
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    const head = `GET ${path} HTTP/1.1\r\nhost: localhost:${port}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n${headers}`;
    socket.write(`${head}sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n`);
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)));
    await once(socket, 'close');
    return text;
  };
  const shell = '/api/stacks/5f3c8a52-6a1e-4d0e-8f0c-0d7a3f0f9d11/services/web/exec';

  it('refuses to become a WebSocket where none is served', async () => {
    for (const path of ['/api/events/stream', '/', `${shell}/more`, '/api/stacks'])
      expect([path, await upgrade(path)]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 403 /)]);
  });

  it('refuses a WebSocket that a page of another site asks for, as it does any request', async () => {
    const refusals = [
      await upgrade(shell, 'origin: http://evil.example\r\n'),
      await upgrade(shell, 'x-forwarded-host: evil.example\r\n'),
      await upgrade(shell, 'sec-fetch-site: cross-site\r\n'),
    ];
    expect(refusals.map((text) => /^HTTP\/1\.1 403 /.test(text))).toEqual([true, true, true]);
    expect(refusals.map((text) => /"code":"(\w+)"/.exec(text)?.[1])).toEqual([
      'HOST_NOT_ALLOWED',
      'HOST_NOT_ALLOWED',
      'CROSS_SITE',
    ]);
  });

  it('says in the WebSocket why there is no shell, and ends it', async () => {
    const text = await upgrade(`${shell}?command=`);
    expect(text).toMatch(/^HTTP\/1\.1 101 /);
    expect(text).toContain('"code":"INVALID_INPUT"');
  });

  it('says that a shell is a WebSocket', async () => {
    const answer = await fetch(`${url}${shell}?command=sh`);
    expect([answer.status, await answer.json()]).toEqual([426, expect.objectContaining({ code: 'UPGRADE_REQUIRED' })]);
  });

  it('says to a client that asks too often when it may ask again, and not to others', async () => {
    const ask = (client: string) => fetch(`${url}/api/nothing`, { headers: { 'x-forwarded-for': client } });
    let answer = await ask('192.0.2.1');
    for (let count = 1; count <= 200; count += 1) answer = await ask('192.0.2.1');
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryable: true });
    expect((await ask('192.0.2.2')).status).toBe(404);
  });
});
