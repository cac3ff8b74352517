import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { EventStream } from './open-event-stream.ts';
import { OpenStreams } from './open-streams.ts';

const times = { heartbeatMs: 60_000, retryMs: 1_000, stallMs: 50 };

describe('open streams', () => {
  let server: Server;
  let sockets: Socket[];
  let opened: (stream: EventStream | Error) => void;
  let streams: OpenStreams;

  beforeEach(async () => {
    streams = new OpenStreams({ perClient: 2, inAll: 3 }, times);
    sockets = [];
    server = createServer((request, response) => {
      const client = { ip: request.headers['x-client'] };
      try {
        opened(streams.start(client as never, response as never));
      } catch (error) {
        response.writeHead(503).end();
        opened(error as Error);
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const open = async (client = 'a'): Promise<{ stream: EventStream; socket: Socket }> => {
    const stream = new Promise<EventStream | Error>((resolve) => (opened = resolve));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx-client: ${client}\r\n\r\n`);
    const got = await stream;
    if (got instanceof Error) throw got;
    return { stream: got, socket };
  };
  const over = (stream: EventStream): Promise<unknown> =>
    stream.signal.aborted ? Promise.resolve() : once(stream.signal, 'abort');

  it('cuts a client that does not read, after which nobody waits for it and its place is free', async () => {
    const { stream, socket } = await open();
    socket.pause();
    let sent = 0;
    while (!stream.signal.aborted) {
      await stream.send('progress', 'x'.repeat(256 * 1024), sent);
      sent += 1;
    }
    await stream.send('progress', 'to nobody');
    // No more than what the two kernels hold, and one event.
    expect(sent).toBeLessThan(200);
    expect(streams.size).toBe(0);
  });

  it('makes whoever sends wait while a client is slow, and goes on when it reads', async () => {
    streams = new OpenStreams({ perClient: 1, inAll: 1 }, { ...times, stallMs: 60_000 });
    const { stream, socket } = await open();
    socket.pause();
    let done = 0;
    const all = Array.from({ length: 100 }, (_, id) =>
      stream.send('progress', 'y'.repeat(256 * 1024), id).then(() => (done += 1)),
    );
    await all[0];
    expect(done).toBeLessThan(100);
    socket.resume();
    await Promise.all(all);
    expect(stream.signal.aborted).toBe(false);
  });

  it('frees the place of a client that has gone', async () => {
    const { stream, socket } = await open();
    socket.destroy();
    await over(stream);
    expect(streams.size).toBe(0);
  });

  it('refuses a client that has as many as it may, and any when all are taken, and says when to try again', async () => {
    const details = { retry_after_seconds: 5 };
    await open('a');
    await open('a');
    await expect(open('a')).rejects.toMatchObject({ code: 'TOO_MANY_STREAMS', details });
    await open('b');
    await expect(open('c')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', details });
  });

  it('lets none begin while the server ends', async () => {
    streams.endAll();
    await expect(open()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });
});
