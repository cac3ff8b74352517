import type { Request, Response } from 'express';

const HEARTBEAT_MS = 15_000;
/** How long a client waits before it connects again. */
const RETRY_MS = 1_000;

export interface EventStream extends Disposable {
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** `id`: where a client that connects again goes on. */
  send(event: string, data: unknown, id?: number): void;
}

/** Answers a request with server-sent events. Dispose to end it. */
export function openEventStream(request: Request, response: Response): EventStream {
  const abort = new AbortController();
  request.on('close', () => {
    abort.abort();
  });
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  response.write(`retry: ${String(RETRY_MS)}\n\n`);
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  return {
    signal: abort.signal,
    send: (event, data, id) => {
      const idLine = id === undefined ? '' : `id: ${String(id)}\n`;
      response.write(`${idLine}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    [Symbol.dispose]: () => {
      clearInterval(heartbeat);
      response.end();
    },
  };
}
