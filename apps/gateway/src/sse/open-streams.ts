import { DomainError } from '@ushadow/contracts';
import type { Request, Response } from 'express';
import { openEventStream, STREAM_TIMES, type EventStream, type StreamTimes } from './open-event-stream.ts';

export interface StreamLimits {
  /** Streams of one client, and of all. */
  readonly perClient: number;
  readonly inAll: number;
}

/** Clients of a server that ends come back spread over this time, not all in one moment. */
const RETRY_MIN_MS = 500;
const RETRY_SPREAD_MS = 2_500;
const RETRY_AFTER_SECONDS = 5;

/** Every stream that is open: how many there may be, and their common end. */
export class OpenStreams {
  private readonly limits: StreamLimits;
  private readonly times: StreamTimes;
  private readonly open = new Map<EventStream, string>();
  private ending = false;

  constructor(limits: StreamLimits, times: StreamTimes = STREAM_TIMES) {
    this.limits = limits;
    this.times = times;
  }

  get size(): number {
    return this.open.size;
  }

  /** Answers a request with events; dispose to end it. Throws TOO_MANY_STREAMS or SERVICE_UNAVAILABLE before anything is sent. */
  start(request: Request, response: Response): EventStream {
    const client = request.ip ?? '';
    this.refuse(client);
    const stream = openEventStream(response, this.times);
    this.open.set(stream, client);
    stream.signal.addEventListener('abort', () => this.open.delete(stream), { once: true });
    return stream;
  }

  /** Ends every stream and lets no other begin; clients are asked to come back. */
  endAll(random: () => number = Math.random): void {
    this.ending = true;
    for (const stream of [...this.open.keys()]) {
      stream.announceRestart(RETRY_MIN_MS + Math.floor(random() * RETRY_SPREAD_MS));
    }
  }

  private refuse(client: string): void {
    if (this.ending) throw unavailable('This server is ending; another one takes over.');
    if (this.open.size >= this.limits.inAll) {
      throw unavailable(`This server has all the event streams open that it may have (${String(this.limits.inAll)}).`);
    }
    const own = [...this.open.values()].filter((each) => each === client).length;
    if (own < this.limits.perClient) return;
    const message = `You have ${String(own)} event streams open, which is as many as one client may have. Close some.`;
    throw new DomainError('TOO_MANY_STREAMS', 'unavailable', message, { details: retryAfter });
  }
}

const retryAfter = { retry_after_seconds: RETRY_AFTER_SECONDS };

function unavailable(message: string): DomainError {
  return new DomainError('SERVICE_UNAVAILABLE', 'unavailable', message, { details: retryAfter });
}
