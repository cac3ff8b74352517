import { once } from 'node:events';
import { constants, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { OutgoingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiCall } from './api-call.ts';
import type { ApiFault, Moment } from './api-fault.ts';
import type { Upstream, UpstreamAnswer } from './api-upstream.ts';
import type { TcpLink } from './tcp-link.ts';
import { relayWatch } from './watch-lines.ts';

export type ExchangeParts = {
  readonly call: ApiCall;
  readonly fault: ApiFault | undefined;
  readonly headers: OutgoingHttpHeaders;
  readonly upstream: Upstream;
  /** The client's connection. */
  readonly link: TcpLink | undefined;
  /** Told as soon as the server's answer is known. */
  readonly onStatus: (status: number) => void;
};

const PIECES = 10;

/** One call from its client to the API server and back, with what its fault does to it. */
export class ApiExchange {
  readonly #parts: ExchangeParts;
  readonly #outgoing: Http2ServerResponse;
  /** Aborted when the client is gone, or shall seem so. */
  readonly #gone = new AbortController();

  constructor(parts: ExchangeParts, outgoing: Http2ServerResponse) {
    this.#parts = parts;
    this.#outgoing = outgoing;
    outgoing.once('close', () => this.#gone.abort());
    outgoing.on('error', () => this.#gone.abort());
  }

  async run(): Promise<void> {
    const { fault } = this.#parts;
    try {
      if (fault?.kind === 'latency') await delay(fault.ms, undefined, { signal: this.#gone.signal });
      if (fault?.kind === 'refuse') return this.#refuse(fault.status, fault.retryAfterSeconds);
      if (await this.#reach('before')) await this.#forward();
    } catch {
      // The way on has broken, as it does when the server goes away: the client sees the same.
      if (!this.#gone.signal.aborted) this.#parts.link?.reset();
    }
  }

  async #forward(): Promise<void> {
    const { call, upstream, onStatus, headers } = this.#parts;
    const answer = await upstream.send({ method: call.method, path: call.path, headers, body: call.body });
    this.#gone.signal.addEventListener('abort', () => answer.body.destroy());
    if (this.#gone.signal.aborted) {
      answer.body.destroy();
      return;
    }
    if (call.isWatch && answer.status === 200) {
      onStatus(answer.status);
      if (await this.#reach('handled')) await this.#watch(answer);
      return;
    }
    const body = await collect(answer);
    onStatus(answer.status);
    if (await this.#reach('handled')) await this.#answer(answer, body);
  }

  async #answer({ status, headers }: UpstreamAnswer, body: Buffer): Promise<void> {
    const { fault } = this.#parts;
    if (fault?.kind === 'lose-answer') return this.#abort();
    this.#outgoing.writeHead(status, withoutHopHeaders(headers));
    const steps = fault?.kind === 'slow-body' ? PIECES : 1;
    for (let step = 0; step < steps; step++) {
      if (fault?.kind === 'slow-body') await delay(fault.ms / steps, undefined, { signal: this.#gone.signal });
      this.#outgoing.write(body.subarray((body.length * step) / steps, (body.length * (step + 1)) / steps));
    }
    this.#outgoing.end();
    await once(this.#outgoing, 'finish', { signal: this.#gone.signal });
    await this.#reach('answered');
  }

  async #watch({ status, headers, body }: UpstreamAnswer): Promise<void> {
    const outgoing = this.#outgoing;
    outgoing.writeHead(status, withoutHopHeaders(headers));
    // Over HTTP/2 they are on their way already.
    (outgoing as { flushHeaders?: () => void }).flushHeaders?.();
    if (!(await this.#reach('answered'))) return;
    const open = (): boolean => !this.#gone.signal.aborted && !outgoing.writableEnded;
    relayWatch(body, this.#parts.fault, {
      write: (text) => void (open() && text !== '' && outgoing.write(text)),
      end: () => void (open() && outgoing.end()),
      breakOff: (last) => {
        if (open()) outgoing.write(last, () => this.#abort());
      },
    });
  }

  /** False when the call ends here. */
  async #reach(moment: Moment): Promise<boolean> {
    const { fault, call, link } = this.#parts;
    if (fault !== undefined && 'moment' in fault && fault.moment === moment) {
      if (fault.kind === 'call-back' && (await fault.run(call)) === 'drop') this.#gone.abort();
      if (fault.kind === 'reset') link?.reset();
      if (fault.kind === 'half-open') link?.silence();
      if (fault.kind !== 'call-back') this.#gone.abort();
    }
    return !this.#gone.signal.aborted;
  }

  #refuse(status: number, retryAfterSeconds: number | undefined): void {
    const reason = REASONS[status] ?? 'InternalError';
    const message = `the server was asked to answer ${status}`;
    const retry = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
    this.#parts.onStatus(status);
    this.#outgoing.writeHead(status, { 'content-type': 'application/json', ...retry });
    this.#outgoing.end(
      JSON.stringify({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message,
        reason,
        code: status,
      }),
    );
  }

  /** Ends the call without an answer: the stream over HTTP/2, where others share the connection. */
  #abort(): void {
    const { stream } = this.#outgoing as { stream?: Http2ServerResponse['stream'] };
    if (stream === undefined) this.#parts.link?.reset();
    else stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }
}

const REASONS: Readonly<Record<number, string>> = {
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/** The whole body as text. */
export async function readRequest(request: Http2ServerRequest): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

async function collect({ body }: UpstreamAnswer): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const HOP_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'host', 'content-length']);

/** What does not concern this one connection. */
export function withoutHopHeaders(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.startsWith(':') && !HOP_HEADERS.has(name.toLowerCase())),
  );
}
