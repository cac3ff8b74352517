import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { selfSigned, type SelfSigned } from '@ushadow/testing';
import { once } from 'node:events';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { KubernetesTransport, type TransportOptions } from '../src/transport/kubernetes-transport.ts';

/** An API server at one address of loopback that says who it is, and notes who has shown it a credential. */
class FakeServer {
  readonly #name: string;
  readonly #server: Http2SecureServer;
  readonly #sessions = new Set<ServerHttp2Session>();
  credentials = 0;
  held: Http2ServerResponse | undefined;

  constructor(name: string, { certificate, privateKey }: SelfSigned) {
    this.#name = name;
    this.#server = createSecureServer({ cert: certificate, key: privateKey }, (request, response) => {
      if (request.headers.authorization === 'Bearer canary') this.credentials += 1;
      if (request.url === '/version') response.end(JSON.stringify({ gitVersion: this.#name }));
      else this.held = response;
    });
    this.#server.on('session', (session) => this.#sessions.add(session));
    this.#server.on('sessionError', () => undefined);
  }

  /** Gives the port. */
  async listen(address: string, port = 0): Promise<number> {
    this.#server.listen(port, address);
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const session of this.#sessions) session.destroy();
    await closed;
  }
}

let identity: SelfSigned;
let first: FakeServer;
let second: FakeServer;
let port: number;
let transport: KubernetesTransport;

const [here, there, nobody] = ['127.0.0.1', '127.0.0.2', '127.0.0.3'] as const;

beforeAll(() => {
  identity = selfSigned('api');
});
beforeEach(async () => {
  first = new FakeServer('first', identity);
  second = new FakeServer('second', identity);
  port = await first.listen(here);
});
afterEach(async () => {
  await transport.close();
  await Promise.all([first.stop(), second.stop()]);
});

const reach = (pinnedAddresses: readonly string[], options: TransportOptions = {}): void => {
  const connection = {
    // Nobody may ask a name server where this is.
    server: `https://api.invalid:${String(port)}`,
    tlsServerName: 'localhost',
    caData: Buffer.from(identity.certificate).toString('base64'),
    auth: { token: 'canary' },
    pinnedAddresses,
  };
  const retryBudget = { totalWaitMs: 2_000, firstWaitMs: 10, maxWaitMs: 50 };
  transport = new KubernetesTransport(connection, { retryBudget, ...options });
};
const answering = async (): Promise<string> => (await transport.version()).gitVersion;

describe('an API server whose name leads elsewhere', () => {
  it('is reached at any of its addresses', async () => {
    reach([nobody, here]);
    expect(await answering()).toBe('first');
  });

  it('is not taken for whoever else answers at one of them, who is shown no credential', async () => {
    const stranger = new FakeServer('stranger', selfSigned('stranger'));
    await stranger.listen(there, port);
    reach([there, here]);
    expect(await answering()).toBe('first');
    expect(stranger.credentials).toBe(0);
    await stranger.stop();
  });

  it('is followed when it has moved, in the middle of the work and without a failed call', async () => {
    const asked: string[][] = [[there]];
    reach([here], { askAddresses: () => Promise.resolve(asked.pop() ?? []) });
    expect(await answering()).toBe('first');
    await second.listen(there, port);
    await first.stop();
    expect(await answering()).toBe('second');
    expect(asked).toEqual([]);
  });

  it('is followed while the former one still answers; what is under way there ends there', async () => {
    await second.listen(there, port);
    reach([here]);
    expect(await answering()).toBe('first');
    const list = transport.list({ group: '', version: 'v1', kind: 'Pod' });
    while (first.held === undefined) await new Promise(setImmediate);
    transport.moveTo([there]);
    expect(await answering()).toBe('second');
    first.held.end('{"kind":"PodList","metadata":{},"items":[]}');
    expect((await list).items).toEqual([]);
  });

  it('keeps its connection while its address is among those of the name', async () => {
    await second.listen(there, port);
    reach([here]);
    expect(await answering()).toBe('first');
    transport.moveTo([there, here]);
    expect(await answering()).toBe('first');
  });

  it('stays where it was when nobody can say where it is, and is never looked up by name', async () => {
    reach([nobody], {
      askAddresses: () => Promise.reject(new Error('away')),
      retryBudget: { totalWaitMs: -1, firstWaitMs: 0, maxWaitMs: 0 },
    });
    await expect(transport.version()).rejects.toMatchObject({ reason: 'ConnectionRefused' });
    transport.moveTo([]);
    await expect(transport.version()).rejects.toMatchObject({ reason: 'ConnectionRefused' });
  });
});
