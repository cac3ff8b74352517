import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { selfSigned } from '@ushadow/testing';

export type Answer = (response: Http2ServerResponse, request: Http2ServerRequest) => void;

/** A server that plays an API server, well until told otherwise; no stand-in for ours, but the other side. */
export class PlayedApiServer {
  /** How lists are answered, and everything else that is read. */
  answer: Answer = emptyList;
  private readonly tls = selfSigned('hostile');
  private readonly sessions = new Set<{ destroy(): void }>();
  private readonly server: Http2SecureServer;
  private url = '';

  constructor() {
    this.server = createSecureServer({ cert: this.tls.certificate, key: this.tls.privateKey }, (request, response) => {
      request.resume();
      // A client that gives up while it is answered is what is tested here.
      response.stream.on('error', () => undefined);
      if (request.url.startsWith('/version')) json(200, { gitVersion: 'v1.99.0' })(response, request);
      else if (request.method === 'POST') json(201, { status: { allowed: true } })(response, request);
      else this.answer(response, request);
    });
    this.server.on('session', (session) => {
      this.sessions.add(session);
      session.on('error', () => undefined);
      session.on('close', () => this.sessions.delete(session));
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `https://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  close(): void {
    for (const session of this.sessions) session.destroy();
    this.server.close();
  }

  kubeconfig(): string {
    const cluster = { server: this.url, 'certificate-authority-data': base64(this.tls.certificate) };
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'played',
      contexts: [{ name: 'played', context: { cluster: 'played', user: 'played' } }],
      clusters: [{ name: 'played', cluster }],
      users: [{ name: 'played', user: { token: 'canary-token' } }],
    });
  }
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

export const text =
  (status: number, body: string, type = 'application/json'): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': type }).end(body);
export const json = (status: number, body: unknown): Answer => text(status, JSON.stringify(body));

/** An object list of the kind that was asked for; `items` for Services alone. */
export const listOf =
  (items: readonly unknown[], metadata: object = {}): Answer =>
  (response, request) => {
    const isServices = /\/services(\?|$)/.test(request.url);
    json(200, { kind: 'List', apiVersion: 'v1', metadata, items: isServices ? items : [] })(response, request);
  };
export const emptyList: Answer = listOf([]);

/** The pieces, again and again, as fast as they are taken. */
export const endless =
  (first: string, again: string, pauseMs = 0): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(first);
    const more = (): void => {
      if (response.stream.destroyed) return;
      if (pauseMs > 0) setTimeout(more, pauseMs);
      if (response.write(again) && pauseMs === 0) setImmediate(more);
    };
    response.on('drain', more);
    more();
  };
