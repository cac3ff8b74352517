import { request as requestPlain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestTls, type RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressPolicy } from './address-policy.ts';
import { connectionError, OutboundError } from './outbound-error.ts';
import { reachUrl } from './reach-host.ts';
import { hostOf, type Lookup } from './resolve-host.ts';

export interface OutboundRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From looking up the name to the end of the answer. */
  readonly timeoutMs: number;
  readonly answerMaxBytes: number;
  /** What lies beyond: `cut` takes what has come by then, also of an answer that does not end. */
  readonly beyond: 'cut' | 'refuse';
  /** HTTP without TLS is refused unless somebody has said yes to it. */
  readonly allowPlaintext?: boolean;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface OutboundRules {
  readonly policy: AddressPolicy;
  readonly lookup?: Lookup;
}

/**
 * One HTTP request to a host that a user has named: its name is looked up once, every address is judged, and the connection
 * goes to one of those. A redirect is an answer like others and is never followed; no proxy is asked; nothing is kept open.
 * @throws OutboundError
 */
export async function sendRequest(request: OutboundRequest, rules: OutboundRules): Promise<OutboundAnswer> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  const { url, addresses } = await reachUrl(request, rules.policy, rules.lookup);
  const place = hostOf(url);
  const late = () => new OutboundError('timeout', `${place.host} did not answer in time`);
  if (signal.aborted) throw late();
  try {
    return await exchange(url, request, { addresses, signal });
  } catch (error) {
    throw signal.aborted ? late() : connectionError(place.host, error);
  }
}

interface Way {
  readonly addresses: readonly string[];
  readonly signal: AbortSignal;
}

function exchange(url: URL, request: OutboundRequest, { addresses, signal }: Way): Promise<OutboundAnswer> {
  const { host } = hostOf(url);
  const options: RequestOptions = {
    method: request.method,
    headers: { connection: 'close', ...request.headers, ...lengthOf(request.body) },
    agent: false,
    lookup: pinnedLookup(addresses),
    signal,
    ...(isIP(host) === 0 ? { servername: host } : {}),
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestTls : requestPlain;
    const sent = send(url, options, (answer) => {
      // From here on whatever fails does so in reading the answer, too.
      sent.off('error', reject).on('error', () => undefined);
      readAnswer(answer, request).then(resolve, reject);
    });
    sent.on('error', reject);
    sent.end(request.body);
  });
}

function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

/** Whatever is asked for, these are the addresses. */
function pinnedLookup(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    const [first] = all;
    if (options.all === true) callback(null, all);
    else callback(null, first?.address ?? '', first?.family);
  };
}

async function readAnswer(answer: IncomingMessage, request: OutboundRequest): Promise<OutboundAnswer> {
  const { answerMaxBytes: max, beyond } = request;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= max) continue;
      if (beyond === 'refuse') throw new OutboundError('too-large', `the answer is larger than ${String(max)} bytes`);
      break;
    }
  } catch (error) {
    // What it answered is known by its status; the rest of it never came.
    if (beyond === 'refuse') throw error;
  } finally {
    answer.destroy();
  }
  const body = Buffer.concat(chunks).subarray(0, max);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
}
