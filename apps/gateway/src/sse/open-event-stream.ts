import type { ServerResponse } from 'node:http';
import { encodeEvent, encodeRetry, HEARTBEAT } from './encode-event.ts';

export interface StreamTimes {
  readonly heartbeatMs: number;
  /** How long a client is to wait before it connects again. */
  readonly retryMs: number;
  /** A client that has not taken what waits for it in this time is cut. */
  readonly stallMs: number;
}

export const STREAM_TIMES: StreamTimes = { heartbeatMs: 15_000, retryMs: 1_000, stallMs: 30_000 };

export interface EventStream extends Disposable {
  /** Aborted when the stream is over: the client has gone or does not read, or the server ends. */
  readonly signal: AbortSignal;
  /** Resolves when there is room for the next one, or nobody to send it to. `id`: where a client goes on. */
  send(event: string, data: unknown, id?: number | string): Promise<void>;
  /** Says that the server ends and when to come back, and ends. */
  announceRestart(retryMs: number): void;
}

/**
 * Answers a request with server-sent events. Dispose to end it. One event at a time is written and the next when there is
 * room: of what a slow client has not taken, one event for each sender waits here.
 */
export function openEventStream(response: ServerResponse, times: StreamTimes = STREAM_TIMES): EventStream {
  const abort = new AbortController();
  const { signal } = abort;
  const cut = (): void => {
    abort.abort();
    response.destroy();
  };
  const write = async (text: () => string): Promise<void> => {
    if (!signal.aborted && !response.write(text())) await untilRoom(response, signal, times.stallMs, cut);
  };
  let written = write(() => {
    response.on('close', () => abort.abort());
    response.on('error', () => abort.abort());
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    return encodeRetry(times.retryMs);
  });
  const heartbeat = setInterval(() => {
    // Bytes that wait already say the same.
    if (!response.writableNeedDrain && !signal.aborted) response.write(HEARTBEAT);
  }, times.heartbeatMs);
  // However it ends, and whether it is disposed of or not.
  signal.addEventListener('abort', () => clearInterval(heartbeat), { once: true });
  const end = (): void => {
    if (signal.aborted) return;
    abort.abort();
    const notTaken = setTimeout(() => response.destroy(), times.stallMs);
    response.once('close', () => clearTimeout(notTaken));
    response.end();
  };
  return {
    signal,
    send: (event, data, id) =>
      (written = written.then(() => write(() => encodeEvent({ event, data, ...(id === undefined ? {} : { id }) })))),
    announceRestart: (retryMs) => {
      if (signal.aborted) return;
      response.write(encodeRetry(retryMs) + encodeEvent({ event: 'restart', data: { retry_ms: retryMs } }));
      end();
    },
    [Symbol.dispose]: end,
  };
}

/** Resolves when the client has taken what waited for it, or the stream is over. */
export function untilRoom(
  response: ServerResponse,
  signal: AbortSignal,
  stallMs: number,
  cut: () => void,
): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(cut, stallMs);
    const settle = (): void => {
      clearTimeout(timer);
      response.off('drain', settle);
      signal.removeEventListener('abort', settle);
      resolve();
    };
    response.once('drain', settle);
    signal.addEventListener('abort', settle);
  });
}
