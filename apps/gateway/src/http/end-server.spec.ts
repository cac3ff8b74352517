import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { OpenStreams } from '../sse/open-streams.ts';
import { endServer } from './end-server.ts';

async function serverOf(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener);
  server.keepAliveTimeout = 75_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

async function ask(url: string, agent?: Agent): Promise<IncomingMessage> {
  const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
  return response;
}

const closing = (server: Server) => promisify(server.close.bind(server));
const textOf = async (response: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
};

describe('the end of the server', () => {
  it('does not wait for who listens to a stream: the stream is told when to come back, and ends', async () => {
    const streams = new OpenStreams({ perClient: 5, inAll: 5 });
    const { server, url } = await serverOf(
      (request, response) => void streams.start(request as never, response as never),
    );
    const listeners = await Promise.all([ask(url), ask(url)]);
    const texts = listeners.map(textOf);
    const ended = endServer({
      server,
      endStreams: () => streams.endAll(() => 0),
      close: closing(server),
      limitMs: 60_000,
    });
    for (const text of await Promise.all(texts)) {
      expect(text).toBe('retry: 1000\n\nretry: 500\n\nevent: restart\ndata: {"retry_ms":500}\n\n');
    }
    await ended;
    expect(streams.size).toBe(0);
  });

  it('lets an answer that is under way end, and then its connection, which the client would keep', async () => {
    const going = Promise.withResolvers<void>();
    const { server, url } = await serverOf((_request, response) => {
      response.write('half');
      void going.promise.then(() => response.end(' whole'));
    });
    const agent = new Agent({ keepAlive: true });
    const response = await ask(url, agent);
    const ended = endServer({ server, endStreams: () => undefined, close: closing(server), limitMs: 60_000 });
    going.resolve();
    expect(await textOf(response)).toBe('half whole');
    await ended;
    agent.destroy();
  });

  it('cuts an answer that does not come in time', async () => {
    const { server, url } = await serverOf((_request, response) => void response.write('half'));
    const response = await ask(url);
    const text = textOf(response);
    const ended = endServer({ server, endStreams: () => undefined, close: closing(server), limitMs: 20 });
    await expect(text).rejects.toMatchObject({ code: 'ECONNRESET' });
    await ended;
  });

  it('does not wait for what hangs after the cut', async () => {
    const { server } = await serverOf(() => undefined);
    const close = () => new Promise<void>(() => undefined);
    await endServer({ server, endStreams: () => undefined, close, limitMs: 1 });
    server.close();
  });
});
