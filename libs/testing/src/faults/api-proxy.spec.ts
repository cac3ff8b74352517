import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createSecureServer, type ClientHttp2Session, type Http2SecureServer } from 'node:http2';
import { request as requestHttp1 } from 'node:https';
import { apiProxy, type ApiProxy } from './api-proxy.ts';
import type { ApiFault } from './api-fault.ts';
import { faultSchedule } from './fault-schedule.ts';
import { targetOf } from './kubeconfig-through.ts';
import { SeededRandom } from './seeded-random.ts';
import { selfSigned } from './self-signed.ts';

const SILENCE_MS = 150;
const WATCH = '/api/v1/pods?watch=1';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** An origin that records what it received; a watch of it has three lines. */
let origin: Http2SecureServer;
let received: string[];
let proxy: ApiProxy;
let session: ClientHttp2Session;

beforeEach(async () => {
  received = [];
  const { certificate, privateKey } = selfSigned('origin');
  origin = createSecureServer({ cert: certificate, key: privateKey, allowHTTP1: true });
  origin.on('request', (incoming, outgoing) => {
    received.push(`${incoming.method} ${incoming.url} ${incoming.headers.authorization ?? ''}`);
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    if (incoming.url === WATCH) for (const line of ['one', 'two', 'three']) outgoing.write(`${line}\n`);
    else incoming.pipe(outgoing);
  });
  origin.listen(0, '127.0.0.1');
  await once(origin, 'listening');
  const { port } = origin.address() as { port: number };
  const authority = Buffer.from(certificate).toString('base64');
  proxy = await apiProxy(
    JSON.stringify({
      clusters: [
        { name: 'c', cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': authority } },
      ],
      users: [{ name: 'u', user: { token: 'secret' } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
  );
  session = dial();
});

afterEach(async () => {
  session.destroy();
  await proxy.close();
  origin.close();
});

/** Waits until a watch has said so much; the test's own time limits it. */
async function said(watch: { readonly text: () => string }, text: string): Promise<void> {
  while (watch.text() !== text) await silence();
}

function dial(): ClientHttp2Session {
  const { server, authority } = targetOf(proxy.kubeconfig);
  const dialled = connect(server, { ca: authority ?? '' });
  dialled.on('error', () => undefined);
  return dialled;
}

/** Resolves with the answer or with `broken`; `text` grows as it comes. */
function call(
  path: string,
  { method = 'GET', body = '', over = session } = {},
): Promise<Answer | 'broken'> & { text(): string } {
  const headers = { ':path': path, ':method': method, authorization: 'Bearer secret' };
  const stream = over.request(headers, { endStream: body === '' });
  let text = '';
  const answer = new Promise<Answer | 'broken'>((done) => {
    let head: Record<string, unknown> = {};
    stream.on('response', (headers) => (head = headers));
    stream.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    stream.on('error', () => done('broken'));
    stream.on('end', () => done({ status: Number(head[':status']), headers: head, text }));
  });
  if (body !== '') stream.end(body);
  return Object.assign(answer, { text: () => text });
}

const silence = (): Promise<'silence'> => new Promise((done) => setTimeout(done, SILENCE_MS, 'silence'));
const always = (fault: ApiFault): void => proxy.setRule(() => fault);

describe('a fault proxy before an API server', () => {
  it('hands calls on with their credential, over HTTP/2 and HTTP/1.1, and counts them', async () => {
    expect(await call('/a', { method: 'PATCH', body: 'text' })).toMatchObject({ status: 200, text: 'text' });
    const { server, authority } = targetOf(proxy.kubeconfig);
    const status = await new Promise((done) => {
      requestHttp1(`${server}/b`, { ca: authority, agent: false }, (answer) => done(answer.resume().statusCode)).end();
    });
    expect(status).toBe(200);
    expect(received).toEqual(['PATCH /a Bearer secret', 'GET /b ']);
    expect(proxy.calls()).toMatchObject([
      { call: { number: 1, method: 'PATCH', path: '/a', body: 'text', isWrite: true }, status: 200 },
      { call: { number: 2, method: 'GET', path: '/b', isWrite: false }, status: 200 },
    ]);
  });

  it('distinguishes reads, writes, dry runs, reviews and watches', async () => {
    await call('/api/v1/namespaces?dryRun=All', { method: 'POST' });
    await call('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { method: 'POST' });
    await call('/api/v1/pods/x', { method: 'DELETE' });
    expect(proxy.calls().map(({ call: { isWrite } }) => isWrite)).toEqual([false, false, true]);
  });

  it.each([429, 500, 503] as const)('answers %i in the server’s place', async (status) => {
    always({ kind: 'refuse', status, retryAfterSeconds: 2 });
    const answer = await call('/a');
    expect(answer).toMatchObject({ status, headers: { 'retry-after': '2' } });
    expect(JSON.parse((answer as Answer).text)).toMatchObject({ kind: 'Status', code: status });
    expect(received).toEqual([]);
  });

  it.each(['before', 'handled'] as const)('resets the connection %s the server acts', async (moment) => {
    always({ kind: 'reset', moment });
    const closed = new Promise((done) => session.once('close', () => done(undefined)));
    expect(await call('/a')).toBe('broken');
    await closed;
    expect(received).toHaveLength(moment === 'before' ? 0 : 1);
  });

  it.each(['before', 'handled'] as const)('lets the connection go silent %s the server acts', async (moment) => {
    always({ kind: 'half-open', moment });
    expect(await Promise.race([call('/a'), silence()])).toBe('silence');
    proxy.setRule(undefined);
    expect(await Promise.race([call('/b'), silence()])).toBe('silence');
    expect(received).toHaveLength(moment === 'before' ? 0 : 1);
    const other = dial();
    expect(await call('/c', { over: other })).toMatchObject({ status: 200 });
    other.destroy();
  });

  it('loses an answer after the server acted, and only that one', async () => {
    proxy.setRule(({ path }) => (path === '/a' ? { kind: 'lose-answer' } : undefined));
    expect(await Promise.all([call('/a'), call('/b')])).toMatchObject(['broken', { status: 200 }]);
    expect(received).toHaveLength(2);
  });

  it('delays calls, and bodies in pieces', async () => {
    for (const fault of [
      { kind: 'latency', ms: 60 },
      { kind: 'slow-body', ms: 60 },
    ] as const) {
      always(fault);
      const startedAt = performance.now();
      expect(await call('/a', { method: 'POST', body: 'whole text' })).toMatchObject({ text: 'whole text' });
      expect(performance.now() - startedAt).toBeGreaterThan(50);
    }
  });

  it('calls back before the server is asked, when it has acted, and when its answer is out', async () => {
    for (const [moment, acted] of [
      ['before', 0],
      ['handled', 2],
      ['answered', 3],
    ] as const) {
      const reported = new Promise<number>((done) => {
        always({ kind: 'call-back', moment, run: () => void done(received.length) });
      });
      await call('/a');
      expect(await reported).toBe(acted);
    }
  });

  it('drops a call whose client is gone', async () => {
    always({ kind: 'call-back', moment: 'before', run: () => 'drop' });
    expect(await Promise.race([call('/a'), silence()])).toBe('silence');
    expect(received).toEqual([]);
  });

  it.each([
    ['cut-watch', 'one\ntw', 'broken'],
    ['stall-watch', 'one\n', 'silence'],
  ] as const)('%s: breaks a watch after so many lines', async (kind, text, ending) => {
    always({ kind, afterLines: 1 });
    const watch = call(WATCH);
    await said(watch, text);
    expect(await Promise.race([watch, silence()])).toBe(ending);
    expect(watch.text()).toBe(text);
  });

  it('answers a watch that its version is too old', async () => {
    always({ kind: 'expire-watch', afterLines: 0 });
    const { text } = (await call(WATCH)) as Answer;
    expect(JSON.parse(text)).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
  });

  it('says each line of a watch twice, or late', async () => {
    always({ kind: 'repeat-watch' });
    await said(call(WATCH), 'one\none\ntwo\ntwo\nthree\nthree\n');
    always({ kind: 'late-watch', ms: SILENCE_MS * 3 });
    const late = call(WATCH);
    await silence();
    expect(late.text()).toBe('');
    await said(late, 'one\ntwo\nthree\n');
  });
});

describe('a schedule of faults', () => {
  const faults: ApiFault[] = [{ kind: 'lose-answer' }, { kind: 'refuse', status: 503 }];
  const play = (seed: number, order: readonly number[]): string[] => {
    const rule = faultSchedule(new SeededRandom(seed), { rate: 0.3, faults });
    const met = order.map((number) => {
      const call = {
        number,
        method: 'GET',
        path: '/',
        body: '',
        userAgent: '',
        isWatch: false,
        isWrite: false,
        arrivedAt: 0,
      };
      return `${number}: ${JSON.stringify(rule(call) ?? null)}`;
    });
    return met.sort();
  };
  const numbers = Array.from({ length: 50 }, (_, index) => index + 1);

  it('is the same for the same seed, in whatever order the calls are judged', () => {
    expect(play(3, numbers)).toEqual(play(3, [...numbers].reverse()));
    expect(play(3, numbers)).not.toEqual(play(4, numbers));
    const hit = play(3, numbers).filter((line) => !line.endsWith('null')).length;
    expect(hit).toBeGreaterThan(5);
    expect(hit).toBeLessThan(30);
  });
});
