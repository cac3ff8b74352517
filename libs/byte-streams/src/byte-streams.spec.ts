import { afterEach, describe, expect, it } from '@jest/globals';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';
import { StreamLost, type ByteStream } from './byte-stream.ts';
import { makeCertificate } from './certificate.ts';
import { channels } from './frame.ts';
import { StreamClient } from './stream-client.ts';
import { readEvents, sendEvent } from './stream-events.ts';
import { StreamServer, type StreamHandler, type StreamOffer, type StreamServerOptions } from './stream-server.ts';

const servers: StreamServer[] = [];
const clients: StreamClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(options: Partial<StreamServerOptions> = {}): Promise<StreamServer> {
  const server = new StreamServer({
    ...{ host: '127.0.0.1', port: 0, perSession: 100, inAll: 100 },
    onFailure: () => undefined,
    ...options,
  });
  servers.push(server);
  await server.listen();
  return server;
}
function newClient(times?: ConstructorParameters<typeof StreamClient>[0]): StreamClient {
  const client = new StreamClient(times);
  clients.push(client);
  return client;
}
const forever = new AbortController().signal;
const open = (client: StreamClient, server: StreamServer, handler: StreamHandler, signal = forever) =>
  client.open((certificate) => server.offer(handler, certificate), signal);

async function text(stream: ByteStream): Promise<string> {
  let all = '';
  for await (const { channel, bytes } of stream.frames)
    if (channel !== channels.status) all += Buffer.from(bytes).toString('utf8');
  return all;
}
const untilOver = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort');
};
async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 15_000; !holds();) {
    if (Date.now() > deadline) throw new Error('it did not come about');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
/** Writes until there is no room; gives how much went. */
async function writeOn(stream: ByteStream, room: (written: number) => void): Promise<number> {
  const block = Buffer.alloc(64 * 1024, 'x');
  let written = 0;
  while (!stream.signal.aborted && written < 64 * 1024 * 1024) {
    await stream.write(channels.stdout, block);
    room((written += block.length));
  }
  return written;
}

describe('a stream of bytes', () => {
  it('carries frames of all channels both ways, long ones too, and says at last how it ended', async () => {
    const server = await serve();
    const long = Buffer.alloc(200_000, 'l');
    const stream = await open(newClient(), server, async (own) => {
      for await (const { channel, bytes } of own.frames) {
        if (channel === channels.close) break;
        await own.write(channels.stdout, bytes);
      }
      await own.end({ reason: 'done', exit_code: 3 });
    });
    await stream.write(channels.stdin, long);
    await stream.write(channels.close, Buffer.from([channels.stdin]));
    let echoed = 0;
    let status: unknown;
    for await (const { channel, bytes } of stream.frames) {
      if (channel === channels.status) status = JSON.parse(Buffer.from(bytes).toString());
      else echoed += bytes.length;
    }
    expect(echoed).toBe(long.length);
    expect(status).toEqual({ reason: 'done', exit_code: 3 });
    await until(() => server.size === 0);
  });

  it('carries events of any length as they were sent', async () => {
    const sent = [
      { event: 'a', data: { text: 'ü\n'.repeat(100_000) }, id: '1' },
      { event: 'b', data: null },
    ];
    const stream = await open(newClient(), await serve(), async (own) => {
      for (const each of sent) await sendEvent(own, each);
    });
    const received: unknown[] = [];
    for await (const each of readEvents(stream)) received.push(each);
    expect(received).toEqual(sent);
  });

  it('stops the sender while nobody reads, with a bounded part of it held, and holds up no other stream meanwhile', async () => {
    const server = await serve();
    const client = newClient();
    let written = 0;
    const stalled = await open(client, server, async (own) => {
      await writeOn(own, (so) => (written = so));
    });
    let last = -1;
    await until(() => {
      const same = written === last && written > 0;
      last = written;
      return same && written >= 64 * 1024;
    });
    expect(written).toBeLessThan(2 * 1024 * 1024);
    const others = await Promise.all(
      Array.from({ length: 10 }, () => open(client, server, (own) => own.write(channels.stdout, Buffer.from('quick')))),
    );
    expect(await Promise.all(others.map(text))).toEqual(Array(10).fill('quick'));
    stalled.cancel();
    await until(() => server.size === 0);
  });

  it('stops the other way round as well', async () => {
    const server = await serve();
    let written = 0;
    const stream = await open(newClient(), server, async (_own, signal) => untilOver(signal));
    void writeOn(stream, (so) => (written = so));
    await until(() => written >= 128 * 1024);
    expect(written).toBeLessThan(2 * 1024 * 1024);
    stream.cancel();
    await until(() => server.size === 0);
  });

  it('ends at the other side when one is left, whoever leaves and whether anybody reads', async () => {
    const server = await serve();
    const aborted: string[] = [];
    const leave = new AbortController();
    await open(
      newClient(),
      server,
      async (_own, signal) => {
        await untilOver(signal);
        aborted.push('server');
      },
      leave.signal,
    );
    leave.abort();
    await until(() => aborted.length === 1 && server.size === 0);
    const other = await open(newClient(), server, async (own) => own.cancel());
    await expect(text(other)).rejects.toThrow(StreamLost);
  });

  it('tells of a fault of the handler, without its words', async () => {
    const faults: unknown[] = [];
    const server = await serve({ onFailure: (error) => faults.push(error) });
    const stream = await open(newClient(), server, () => Promise.reject(new Error('canary')));
    const frames = [];
    for await (const frame of stream.frames) frames.push(Buffer.from(frame.bytes).toString());
    expect(frames).toEqual(['{"reason":"failure"}']);
    expect(faults).toEqual([new Error('canary')]);
  });
});

describe('who may have a stream', () => {
  const quick: StreamHandler = (own) => own.write(channels.stdout, Buffer.from('secret'));

  async function comeWith(offer: StreamOffer, certificate?: { cert: string; key: string }): Promise<number | string> {
    const socket = connectTls({
      port: Number(offer.address.split(':')[1]),
      host: '127.0.0.1',
      ALPNProtocols: ['h2'],
      rejectUnauthorized: false,
      ...(certificate === undefined ? {} : { cert: certificate.cert, key: certificate.key }),
    });
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    const session = connectHttp2(`https://${offer.address}`, { createConnection: () => socket });
    session.on('error', () => undefined);
    try {
      const stream = session.request({ ':method': 'POST', ':path': '/v1/streams', 'ushadow-ticket': offer.ticket });
      return await new Promise((resolve) => {
        stream.on('error', () => resolve('cut'));
        stream.on('close', () => resolve('cut'));
        stream.on('response', (headers) => resolve(Number(headers[':status'])));
      });
    } finally {
      session.destroy();
    }
  }

  it('is who comes with the ticket and with the certificate that it was made for, once', async () => {
    const server = await serve();
    const own = await makeCertificate();
    const offer = await server.offer(quick, own.sha256);
    expect(await comeWith(offer, await makeCertificate())).toBe(403);
    expect(await comeWith(offer)).toBe('cut');
    expect(await comeWith({ ...offer, ticket: `${offer.ticket.slice(0, -2)}AA` }, own)).toBe(403);
    expect(await comeWith(offer, own)).toBe(200);
    expect(await comeWith(offer, own)).toBe(403);
  });

  it('is nobody once the ticket is too old', async () => {
    const server = await serve({ ticketLifeMs: 20 });
    const own = await makeCertificate();
    const offer = await server.offer(quick, own.sha256);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await comeWith(offer, own)).toBe(403);
  });

  it('is told nothing by a gateway that is shown another certificate than the bus has told of', async () => {
    const server = await serve();
    const other = await makeCertificate();
    const opening = newClient().open(
      async (certificate) => ({ ...(await server.offer(quick, certificate)), certificate_sha256: other.sha256 }),
      forever,
    );
    await expect(opening).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(server.size).toBe(0);
  });

  it('is refused in words where as many streams are open as there may be, before anything is offered', async () => {
    const server = await serve({ inAll: 1 });
    const client = newClient();
    const stream = await open(client, server, async (_own, signal) => untilOver(signal));
    await expect(open(client, server, quick)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    stream.cancel();
    await until(() => server.size === 0);
    expect(await text(await open(client, server, quick))).toBe('secret');
  });

  it('passes on what the one that was asked answers', async () => {
    const refusal = new Error('no such stack');
    await expect(newClient().open(() => Promise.reject(refusal), forever)).rejects.toBe(refusal);
  });
});

describe('a process that ends', () => {
  it('tells each of its streams, lets no other begin, and is gone within seconds', async () => {
    const server = await serve();
    const client = newClient();
    const polite = await open(client, server, async (own, signal) => {
      await untilOver(signal);
      await own.write(channels.stdout, Buffer.from('last words'));
    });
    const stubborn = await open(client, server, () => new Promise(() => undefined));
    const statuses: unknown[] = [];
    const reading = [polite, stubborn].map(async (stream) => {
      for await (const { channel, bytes } of stream.frames)
        if (channel === channels.status) statuses.push(JSON.parse(Buffer.from(bytes).toString()));
    });
    const began = Date.now();
    await server.close();
    expect(Date.now() - began).toBeLessThan(5_000);
    await Promise.all(reading);
    expect(statuses).toEqual([{ reason: 'restart' }, { reason: 'restart' }]);
    await expect(open(client, server, async () => undefined)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('that is gone without a word ends its streams at the other side, and a new one is reached at once', async () => {
    const client = newClient({ pingMs: 50, silenceMs: 200 });
    const first = await serve();
    const stream = await open(client, first, async (_own, signal) => untilOver(signal));
    const lost = expect(text(stream)).rejects.toThrow(StreamLost);
    first.destroy();
    await lost;
    expect(stream.signal.aborted).toBe(true);
    expect(await text(await open(client, await serve(), (own) => own.write(1, Buffer.from('again'))))).toBe('again');
  });
});
