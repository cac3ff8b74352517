import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** Longer than loopback needs, by far. */
const SILENCE_MS = 150;

let server: Server;
let proxy: TcpProxy;
let sockets: Socket[];

beforeEach(async () => {
  sockets = [];
  // Says everything back.
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await tcpProxy({ host: '127.0.0.1', port: (server.address() as { port: number }).port });
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await proxy.close();
  server.close();
});

async function dial(): Promise<Socket> {
  const socket = connect(proxy.port, proxy.host);
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function say(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  return bytes.toString();
}

const silence = (): Promise<string> => new Promise((done) => setTimeout(done, SILENCE_MS, 'silence'));
const end = (socket: Socket): Promise<string> =>
  new Promise((done) => {
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? ''));
    socket.once('close', () => done('closed'));
  });

describe('a TCP proxy', () => {
  it('hands bytes on both ways, and the end of a connection', async () => {
    const socket = await dial();
    expect(await say(socket, 'hello')).toBe('hello');
    socket.end();
    expect(await end(socket)).toBe('closed');
  });

  it('cuts: open connections end, new ones are refused, until it is mended', async () => {
    const socket = await dial();
    await say(socket, 'a');
    const ended = end(socket);
    proxy.cut();
    await ended;
    expect(await end(await dial())).toBe('closed');
    proxy.mend();
    expect(await say(await dial(), 'b')).toBe('b');
  });

  it('pauses: nothing passes, nothing is closed, and all of it comes later', async () => {
    const socket = await dial();
    await say(socket, 'a');
    proxy.pause();
    const answer = say(socket, 'held');
    expect(await Promise.race([answer, end(socket), silence()])).toBe('silence');
    proxy.mend();
    expect(await answer).toBe('held');
  });

  it('resets: open connections end by a reset, new ones pass', async () => {
    const socket = await dial();
    await say(socket, 'a');
    const ended = end(socket);
    proxy.reset();
    expect(await ended).toBe('ECONNRESET');
    expect(await say(await dial(), 'b')).toBe('b');
  });

  it('is a black hole: connections stay open and silent, those of that time for ever', async () => {
    const before = await dial();
    await say(before, 'a');
    proxy.blackhole();
    const during = await dial();
    for (const socket of [before, during])
      expect(await Promise.race([say(socket, 'x'), end(socket), silence()])).toBe('silence');
    proxy.mend();
    expect(await Promise.race([say(before, 'y'), end(before), silence()])).toBe('silence');
    expect(await say(await dial(), 'z')).toBe('z');
  });

  it('delays bytes each way and keeps their order', async () => {
    const socket = await dial();
    await say(socket, 'a');
    proxy.setLatency(40);
    const startedAt = performance.now();
    let received = '';
    socket.on('data', (bytes: Buffer) => (received += bytes.toString()));
    for (const word of ['one ', 'two ', 'three']) socket.write(word);
    while (received !== 'one two three') await once(socket, 'data');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(79);
  });
});
