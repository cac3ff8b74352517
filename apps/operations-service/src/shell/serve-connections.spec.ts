import { afterEach, describe, expect, it } from '@jest/globals';
import { channels, type ByteStream, type Frame } from '@ushadow/byte-streams';
import type { PodPort } from '@ushadow/kubernetes';
import { connect, type ClientHttp2Session } from 'node:http2';
import { Duplex } from 'node:stream';
import { setTimeout as after } from 'node:timers/promises';
import { serveConnections } from './serve-connections.ts';
import type { Session } from './sessions.ts';

/** Bytes both ways between a client's HTTP/2 and what serves it. */
function streamAndCarrier(): { readonly stream: ByteStream; readonly carrier: Duplex } {
  const over = new AbortController();
  const sent: Frame[] = [];
  let wake: () => void = () => undefined;
  const carrier = new Duplex({
    read: () => undefined,
    write: (bytes: Buffer, _encoding, done) => {
      sent.push({ channel: channels.stdin, bytes });
      wake();
      done();
    },
    destroy: (error, done) => {
      over.abort();
      wake();
      done(error);
    },
  });
  carrier.on('error', () => undefined);
  async function* frames(): AsyncGenerator<Frame> {
    while (!over.signal.aborted) {
      const next = sent.shift();
      if (next !== undefined) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  const stream: ByteStream = {
    signal: over.signal,
    frames: frames(),
    write: (_channel, bytes) => {
      carrier.push(bytes);
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
    cancel: () => over.abort(),
  };
  return { stream, carrier };
}

const session: Session = {
  signal: new AbortController().signal,
  allowed: Promise.resolve(),
  touch: () => undefined,
  end: () => undefined,
  [Symbol.dispose]: () => undefined,
};

/** A pod that answers piece by piece once it was asked. */
class SlowPort implements PodPort {
  readonly received: AsyncIterable<Uint8Array>;
  isClosed = false;
  readonly #asked = Promise.withResolvers<void>();

  constructor(pieces: number, everyMs: number) {
    this.received = this.#answer(pieces, everyMs);
  }

  async *#answer(pieces: number, everyMs: number): AsyncGenerator<Uint8Array> {
    await this.#asked.promise;
    for (let at = 0; at < pieces && !this.isClosed; at++) {
      await after(everyMs);
      if (!this.isClosed) yield Buffer.from(String(at));
    }
  }

  write(): Promise<void> {
    this.#asked.resolve();
    return Promise.resolve();
  }
  close(): void {
    this.isClosed = true;
  }
}

describe('a connection of a forwarded port', () => {
  let client: ClientHttp2Session | undefined;
  afterEach(() => client?.destroy());

  it('has all of the answer after it has said that it has no more to send, for as long as some of it comes', async () => {
    const { stream, carrier } = streamAndCarrier();
    const port = new SlowPort(10, 80);
    const served = serveConnections(stream, session, {
      target: { pod: 'web-1', port: 80 },
      connect: () => Promise.resolve(port),
      lastWordsMs: 500,
    });
    client = connect('http://pod', { createConnection: () => carrier });
    const request = client.request({ ':method': 'POST', ':path': '/' }, { endStream: false });
    request.end('GET / HTTP/1.0\r\n\r\n');
    let answer = '';
    for await (const bytes of request as AsyncIterable<Buffer>) answer += bytes.toString();
    expect(answer).toBe('0123456789');
    client.destroy();
    expect(await served).toEqual({ connections: 1 });
  });
});
