import { once } from 'node:events';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { apiCall, type ApiCall } from './api-call.ts';
import { ApiExchange, readRequest, withoutHopHeaders } from './api-exchange.ts';
import type { FaultRule } from './api-fault.ts';
import { upstreamsTo, type Upstream } from './api-upstream.ts';
import { kubeconfigThrough, targetOf } from './kubeconfig-through.ts';
import { selfSigned } from './self-signed.ts';
import { tcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A call, and what became of it. */
export type SeenCall = {
  readonly call: ApiCall;
  /** What was answered, by the server or in its place; undefined while nothing was. */
  readonly status: number | undefined;
};

/** A way to an API server that counts the calls and can do harm to each. */
export type ApiProxy = {
  readonly server: string;
  /** The given kubeconfig, led through the proxy. */
  readonly kubeconfig: string;
  /** Every call since the start or since `forget`, in order. */
  readonly calls: () => readonly SeenCall[];
  /** Starts counting anew. */
  readonly forget: () => void;
  /** Decides about each call from now on; undefined lets all pass. */
  readonly setRule: (rule: FaultRule | undefined) => void;
  /** The connections themselves. */
  readonly network: TcpProxy;
  readonly close: () => Promise<void>;
};

/** Speaks TLS with HTTP/2 or 1.1 on both sides; the client's credential goes on to the server. */
export async function apiProxy(kubeconfig: string): Promise<ApiProxy> {
  const newUpstream = await upstreamsTo(targetOf(kubeconfig));
  const { certificate, privateKey } = selfSigned('ushadow fault proxy');
  const gate = new Gate(newUpstream);
  const server = createSecureServer({ allowHTTP1: true, cert: certificate, key: privateKey });
  server.on('secureConnection', (socket) => gate.connect(socket));
  server.on('request', (incoming, outgoing) => void gate.pass(incoming, outgoing));
  for (const trouble of ['sessionError', 'tlsClientError', 'clientError'] as const) server.on(trouble, () => undefined);
  const network = await tcpProxy({ host: '127.0.0.1', port: await listen(server) });
  gate.network = network;
  const url = `https://127.0.0.1:${network.port}`;
  return {
    server: url,
    kubeconfig: kubeconfigThrough(kubeconfig, url, certificate),
    calls: () => gate.seen,
    forget: () => gate.forget(),
    setRule: (rule) => {
      gate.rule = rule;
    },
    network,
    close: async () => {
      await network.close();
      gate.close();
      server.close();
    },
  };
}

async function listen(server: Http2SecureServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return address.port;
}

class Gate {
  network: TcpProxy | undefined;
  rule: FaultRule | undefined;
  seen: { readonly call: ApiCall; status: number | undefined }[] = [];
  readonly #newUpstream: () => Upstream;
  /** By the port of the client's connection. */
  readonly #upstreams = new Map<number, Upstream>();

  constructor(newUpstream: () => Upstream) {
    this.#newUpstream = newUpstream;
  }

  forget(): void {
    this.seen = [];
  }

  close(): void {
    for (const upstream of this.#upstreams.values()) upstream.close();
  }

  /** Each connection of a client has one of its own to the server, as without the proxy. */
  connect(socket: TLSSocket): void {
    const { remotePort: port = 0 } = socket;
    const upstream = this.#newUpstream();
    this.#upstreams.set(port, upstream);
    socket.once('close', () => {
      this.#upstreams.delete(port);
      upstream.close();
    });
  }

  async pass(incoming: Http2ServerRequest, outgoing: Http2ServerResponse): Promise<void> {
    const { method, url: path } = incoming;
    const port = incoming.socket.remotePort ?? 0;
    const upstream = this.#upstreams.get(port);
    const body = await readRequest(incoming).catch(() => undefined);
    if (body === undefined || upstream === undefined) return; // the client went away before it had said all
    const userAgent = incoming.headers['user-agent'] ?? '';
    const call = apiCall({ number: this.seen.length + 1, method, path, body, userAgent });
    const entry = { call, status: undefined as number | undefined };
    this.seen.push(entry);
    const exchange = new ApiExchange(
      {
        call,
        fault: this.rule?.(call),
        headers: withoutHopHeaders(incoming.headers),
        upstream,
        link: this.network?.linkAt(port),
        onStatus: (status) => (entry.status = status),
      },
      outgoing,
    );
    await exchange.run();
  }
}
