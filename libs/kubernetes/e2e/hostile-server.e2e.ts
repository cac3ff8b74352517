import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { selfSigned, type SelfSigned } from '@ushadow/testing';
import { once } from 'node:events';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { KubernetesApiError } from '../src/errors/kubernetes-api-error.ts';
import { ANSWER_LIMITS } from '../src/transport/answer-limits.ts';
import { KubernetesTransport, type TransportOptions } from '../src/transport/kubernetes-transport.ts';

type Answer = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

const pods = { group: '', version: 'v1', kind: 'Pod' };
const pod = { ...pods, namespace: 'a', name: 'b' };
const patient = { retryBudget: { totalWaitMs: -1, firstWaitMs: 0, maxWaitMs: 0 } };
const MIB = 1024 * 1024;

let identity: SelfSigned;
let server: Http2SecureServer | Server | undefined;
let transport: KubernetesTransport | undefined;

beforeAll(() => {
  identity = selfSigned('hostile');
});
afterEach(async () => {
  await transport?.close();
  if (server === undefined) return;
  if ('closeAllConnections' in server) server.closeAllConnections();
  server.close();
  server = undefined;
});

/** A transport to a server that answers like this, over HTTP/2 or HTTP/1.1. */
async function facing(
  answer: Answer,
  options: TransportOptions & { http1?: boolean } = {},
): Promise<KubernetesTransport> {
  const { http1, ...rest } = options;
  const tls = { key: identity.privateKey, cert: identity.certificate };
  const started = http1 === true ? createServer(tls, answer as never) : createSecureServer(tls, answer);
  server = started;
  started.on('sessionError', () => undefined);
  started.listen(0, '127.0.0.1');
  await once(started, 'listening');
  const { port } = started.address() as AddressInfo;
  const connection = {
    server: `https://127.0.0.1:${String(port)}`,
    caData: Buffer.from(identity.certificate).toString('base64'),
    auth: { token: 'canary' },
  };
  transport = new KubernetesTransport(connection, { ...patient, ...rest });
  return transport;
}

const failure = (call: Promise<unknown>): Promise<KubernetesApiError> =>
  call.then(
    () => Promise.reject(new Error('the answer was taken')),
    (error: KubernetesApiError) => error,
  );

/** Writes as fast as it is taken, for ever, and not at all once nobody takes it. */
function pour(response: Http2ServerResponse, text: string): void {
  const more = (): void => {
    while (!response.destroyed && !response.writableEnded && response.write(text));
  };
  response.on('drain', more);
  response.on('error', () => undefined);
  more();
}

const asJson = (response: Http2ServerResponse, value: unknown): void => {
  response.setHeader('content-type', 'application/json');
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
};
const listOf = (items: readonly unknown[], metadata: unknown) => ({
  kind: 'PodList',
  apiVersion: 'v1',
  metadata,
  items,
});

describe.each([{ http1: false }, { http1: true }])('a hostile API server, HTTP/1.1: $http1', (over) => {
  const face = (answer: Answer, options: TransportOptions = {}) => facing(answer, { ...options, ...over });

  it('cannot send a body without end', async () => {
    const cluster = await face((_, response) => pour(response, ' '.repeat(64 * 1024)));
    expect(await failure(cluster.get(pod))).toMatchObject({
      reason: 'ResponseTooLarge',
      message: `the API server’s answer is too large: more than ${String(ANSWER_LIMITS.objectMaxBytes)} bytes`,
    });
  });

  it('cannot send a refusal without end', async () => {
    const cluster = await face((_, response) => {
      response.writeHead(422);
      pour(response, 'x'.repeat(64 * 1024));
    });
    expect((await failure(cluster.get(pod))).message).toContain(
      `more than ${String(ANSWER_LIMITS.errorMaxBytes)} bytes`,
    );
  });

  it('cannot make us unpack anything', async () => {
    const bomb = gzipSync(Buffer.alloc(16 * MIB, ' '));
    const cluster = await face((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(bomb);
    });
    expect(await failure(cluster.get(pod))).toMatchObject({ reason: 'UnexpectedResponse' });
  });

  it('cannot hold a call by sending a byte now and then', async () => {
    const drips: NodeJS.Timeout[] = [];
    const options = { callDeadlineMs: 200, attemptDeadlineMs: 150 };
    const cluster = await face((_, response) => void drips.push(setInterval(() => response.write(' '), 10)), options);
    expect(await failure(cluster.get(pod))).toMatchObject({ reason: 'DeadlineExceeded' });
    expect(await failure(cluster.list(pods))).toMatchObject({ reason: 'DeadlineExceeded' });
    for (const drip of drips) clearInterval(drip);
  });

  it('cannot send us elsewhere', async () => {
    const cluster = await face((_, response) => {
      response.writeHead(307, { location: 'https://169.254.169.254/latest' });
      response.end();
    });
    expect(await failure(cluster.get(pod))).toMatchObject({ reason: 'UnexpectedRedirect' });
  });

  it('cannot bury us in headers', async () => {
    const cluster = await face((_, response) => {
      for (let index = 0; index < 3_000; index += 1) response.setHeader(`x-${String(index)}`, 'y'.repeat(100));
      response.end('{}');
    });
    expect(await failure(cluster.get(pod))).toMatchObject({ httpStatus: 0 });
  });

  it('cannot nest objects deeper than whoever walks through them can go', async () => {
    const deep = '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000);
    const object = `{"metadata":{"name":"b"},"spec":${deep}}`;
    const refused = { reason: 'ResponseTooLarge', message: expect.stringContaining('levels') as unknown };
    const cluster = await face((request, response) => {
      if (request.url.includes('watch=1')) response.write(`{"type":"ADDED","object":${object}}\n`);
      else
        asJson(
          response,
          request.url.includes('/pods/') ? object : `{"kind":"PodList","metadata":{},"items":[${object}]}`,
        );
    });
    expect(await failure(cluster.get(pod))).toMatchObject(refused);
    expect(await failure(cluster.list(pods))).toMatchObject(refused);
  });

  it('cannot list for ever: not with the same page, not with ever new ones', async () => {
    let page = 0;
    const same = await face((_, response) => asJson(response, listOf([], { continue: 'again' })));
    expect(await failure(same.list(pods))).toMatchObject({ reason: 'UnexpectedResponse' });
    await same.close();
    server?.close();
    const cluster = await face((_, response) => asJson(response, listOf([], { continue: String((page += 1)) })));
    expect(await failure(cluster.list(pods))).toMatchObject({
      reason: 'ResponseTooLarge',
      message: `the API server’s answer is too large: a list of more than ${String(ANSWER_LIMITS.listPagesMax)} pages`,
    });
    expect(page).toBe(ANSWER_LIMITS.listPagesMax + 1);
  }, 30_000);

  it('cannot make a log larger than it was asked to be', async () => {
    const cluster = await face((_, response) => pour(response, 'no line end '.repeat(5_000)));
    const error = await failure(cluster.logs({ namespace: 'a', name: 'b' }, { limitBytes: 10_000 }));
    expect(error).toMatchObject({ reason: 'ResponseTooLarge' });
  });

  it('cannot make a watch hold a line without end; the watch is reported as lost', async () => {
    const cluster = await face((request, response) => {
      if (!request.url.includes('watch=1')) asJson(response, listOf([], { resourceVersion: '1' }));
      else pour(response, '{"type":"ADDED"'.repeat(5_000));
    });
    const watch = cluster.watch(pods);
    const seen: unknown[] = [];
    for await (const event of watch) {
      seen.push(event.type === 'interrupted' ? event.error.reason : event.type);
      if (event.type === 'interrupted') watch.close();
    }
    expect(seen).toEqual(['synced', 'ResponseTooLarge']);
  }, 30_000);

  it('cannot claim a number of objects that no cluster has', async () => {
    const metadata = { continue: 'more', remainingItemCount: 1e300 };
    const whole = listOf([{ metadata: { name: 'b' } }], {});
    const cluster = await face((request, response) =>
      asJson(
        response,
        request.url.includes('limit=1&') || request.url.endsWith('limit=1') ? listOf([{}], metadata) : whole,
      ),
    );
    expect(await cluster.count(pods)).toBe(1);
  });

  it('cannot call its version anything but a short text', async () => {
    const cluster = await face((_, response) => asJson(response, { gitVersion: 'v'.repeat(1_000), major: { a: 1 } }));
    expect(await cluster.version()).toMatchObject({ gitVersion: 'v'.repeat(128), major: '' });
  });
});
