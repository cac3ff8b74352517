import { WEB_SOCKET_OPTIONS, WebSocketStream } from '@ushadow/byte-streams/web-socket';
import { DomainError, errorEnvelope } from '@ushadow/contracts';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import type { Gateway } from '../gateway/with-gateway.ts';

/** As the contract of the stream has it; what occurs more than once is a list. */
export type StreamQuery = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** How long a gateway may take to answer. */
const OPEN_MS = 30_000;
const ANSWER_MAX_BYTES = 1024 * 1024;

/** Opens a stream of bytes at the gateway. @throws DomainError with its refusal, or that it does not answer */
export async function openStream(
  { baseUrl, headers }: Gateway,
  path: string,
  query: StreamQuery,
): Promise<WebSocketStream> {
  const url = new URL(`${baseUrl}${path}`);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value : value === undefined ? [] : [value])
      url.searchParams.append(name, String(each));
  const socket = new WebSocket(url, {
    ...WEB_SOCKET_OPTIONS,
    headers,
    followRedirects: false,
    handshakeTimeout: OPEN_MS,
  });
  // Listens from the start, so that nothing that comes with the answer is lost.
  const stream = new WebSocketStream(socket);
  const refused = new Promise<never>((_, reject) => {
    socket.once('unexpected-response', (request, response) => {
      refusalOf(response)
        .then(reject, () => reject(unreachable()))
        .finally(() => request.destroy());
    });
  });
  try {
    await Promise.race([once(socket, 'open'), refused]);
  } catch (error) {
    stream.cancel();
    throw error instanceof DomainError ? error : unreachable(error);
  }
  return stream;
}

async function refusalOf(response: IncomingMessage): Promise<DomainError> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > ANSWER_MAX_BYTES) break;
    parts.push(part);
  }
  const read = errorEnvelope.safeParse(parsed(Buffer.concat(parts).toString('utf8')));
  if (read.success) return DomainError.fromEnvelope(read.data);
  const status = String(response.statusCode);
  return new DomainError('UNEXPECTED', 'unexpected', `The gateway answered ${status} where a stream was asked for.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreachable(cause?: unknown): DomainError {
  const message = 'The Ushadow gateway does not answer. Is it running?';
  return new DomainError('GATEWAY_UNREACHABLE', 'unavailable', message, { cause });
}
