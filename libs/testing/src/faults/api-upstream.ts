import { once } from 'node:events';
import { connect as connectHttp2, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { Agent, request as requestHttp1 } from 'node:https';
import type { Readable } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/** An API server, and what it takes to be let in by it. */
export type UpstreamTarget = {
  readonly server: string;
  /** PEM. */
  readonly authority?: string;
  /** PEM; for kubeconfigs whose user is a client certificate. */
  readonly clientCertificate?: string;
  readonly clientKey?: string;
};

export type UpstreamRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
};

export type UpstreamAnswer = {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  /** Destroying it takes the request back. */
  readonly body: Readable;
};

/** The way on to the API server for one connection of a client. */
export type Upstream = {
  readonly send: (request: UpstreamRequest) => Promise<UpstreamAnswer>;
  readonly close: () => void;
};

/** Makes ways to a server, over HTTP/2 where it speaks that. */
export async function upstreamsTo(target: UpstreamTarget): Promise<() => Upstream> {
  const tls = tlsOptions(target);
  const speaksHttp2 = (await negotiate(target)) === 'h2';
  return () => (speaksHttp2 ? http2Upstream(target.server, tls) : http1Upstream(target.server, tls));
}

type TlsOptions = { readonly ca?: string; readonly cert?: string; readonly key?: string };

function tlsOptions({ authority, clientCertificate, clientKey }: UpstreamTarget): TlsOptions {
  return {
    ...(authority === undefined ? {} : { ca: authority }),
    ...(clientCertificate === undefined ? {} : { cert: clientCertificate }),
    ...(clientKey === undefined ? {} : { key: clientKey }),
  };
}

async function negotiate(target: UpstreamTarget): Promise<string | false | null> {
  const { hostname, port } = new URL(target.server);
  const options = { ...tlsOptions(target), host: hostname, port: Number(port || 443) };
  const socket = connectTls({ ...options, ALPNProtocols: ['h2', 'http/1.1'] });
  await once(socket, 'secureConnect');
  socket.destroy();
  return socket.alpnProtocol;
}

function http2Upstream(server: string, tls: TlsOptions): Upstream {
  let session: ClientHttp2Session | undefined;
  const open = (): ClientHttp2Session => {
    if (session !== undefined && !session.closed && !session.destroyed) return session;
    session = connectHttp2(server, tls);
    session.on('error', () => undefined); // its streams report it
    return session;
  };
  return {
    send: async ({ method, path, headers, body }) => {
      // Told explicitly: Node takes a DELETE for one without a body.
      const stream = open().request({ ...headers, ':method': method, ':path': path }, { endStream: body === '' });
      if (body !== '') stream.end(body);
      const answered = await responseOf(stream);
      const { ':status': status = 0, ...rest } = answered;
      return { status: Number(status), headers: rest, body: stream };
    },
    close: () => session?.destroy(),
  };
}

function responseOf(stream: ClientHttp2Stream): Promise<IncomingHttpHeaders & { ':status'?: number }> {
  return new Promise((resolve, reject) => {
    stream.once('response', resolve);
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('the API server closed the connection')));
  });
}

function http1Upstream(server: string, tls: TlsOptions): Upstream {
  const agent = new Agent({ ...tls, keepAlive: true });
  return {
    send: ({ method, path, headers, body }) =>
      new Promise((resolve, reject) => {
        const call = requestHttp1(new URL(path, server), { agent, method, headers }, (answer) => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: answer });
        });
        call.once('error', reject);
        call.end(body);
      }),
    close: () => agent.destroy(),
  };
}
