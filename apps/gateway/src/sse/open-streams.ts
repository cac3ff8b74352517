import { DomainError } from '@ushadow/contracts';
import type { Request, Response } from 'express';
import { openBodyStream, type BodyStream } from '../byte-streams/body-stream.ts';
import { openEventStream, STREAM_TIMES, type EventStream, type StreamTimes } from './open-event-stream.ts';

/** Whatever stays open: it is counted until its signal, and told when the server ends. */
export interface HeldStream {
  readonly signal: AbortSignal;
  announceRestart(retryMs: number): void;
}

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
  private readonly open = new Map<HeldStream, string>();
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
    return this.hold(request, () => openEventStream(response, this.times));
  }

  /** The same with a text file. */
  startBody(request: Request, response: Response, name = 'logs.txt'): BodyStream {
    return this.hold(request, () => openBodyStream(response, name, this.times));
  }

  /** Counts whatever somebody opens for a client. Throws as `start` does, before anything is opened. */
  hold<Stream extends HeldStream>({ ip: client = '' }: Pick<Request, 'ip'>, open: () => Stream): Stream {
    this.refuse(client);
    const stream = open();
    this.open.set(stream, client);
    stream.signal.addEventListener('abort', () => this.open.delete(stream), { once: true });
    return stream;
  }

  /** For who has to ask others first: throws as `start` would. */
  refuseBeyond({ ip: client = '' }: Pick<Request, 'ip'>): void {
    this.refuse(client);
  }

  /** When somebody is to come again whose stream could not go on. */
  retryMs(random: () => number = Math.random): number {
    return RETRY_MIN_MS + Math.floor(random() * RETRY_SPREAD_MS);
  }

  /** Ends every stream and lets no other begin; clients are asked to come back. */
  endAll(random: () => number = Math.random): void {
    this.ending = true;
    for (const stream of [...this.open.keys()]) {
      stream.announceRestart(this.retryMs(random));
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
