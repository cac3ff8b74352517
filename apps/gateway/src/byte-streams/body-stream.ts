import type { ServerResponse } from 'node:http';
import { untilRoom, type StreamTimes } from '../sse/open-event-stream.ts';

/** A body of unknown length, sent as it comes. */
export interface BodyStream extends Disposable {
  /** Aborted when it is over: the client has gone or does not read, or the server ends. */
  readonly signal: AbortSignal;
  /** Resolves when there is room for more, or nobody to send it to. */
  send(bytes: Uint8Array): Promise<void>;
  /** That was all. */
  finish(): void;
  announceRestart(): void;
}

/** Answers a request with a text file. A client that does not take what waits for it in time is cut. */
export function openBodyStream(response: ServerResponse, name: string, { stallMs }: StreamTimes): BodyStream {
  const abort = new AbortController();
  const { signal } = abort;
  const cut = (): void => {
    abort.abort();
    response.destroy();
  };
  response.on('close', () => abort.abort());
  response.on('error', () => abort.abort());
  response.writeHead(200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store, no-transform',
  });
  return {
    signal,
    send: async (bytes) => {
      if (!signal.aborted && !response.write(bytes)) await untilRoom(response, signal, stallMs, cut);
    },
    finish: () => response.end(),
    announceRestart: cut,
    [Symbol.dispose]: () => {
      if (!response.writableEnded) cut();
    },
  };
}
