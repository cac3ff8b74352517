import { DomainError } from '../domain-error.ts';
import type { ErrorKind } from '../error-kinds.ts';
import { errorEnvelope } from '../error-envelope.ts';
import { SseParser, type ServerSentEvent } from './sse-parser.ts';

/** One connection to an event stream. */
export interface StreamConnection {
  readonly ok: boolean;
  readonly status: number;
  /** The body of a refusal. */
  readonly json: () => Promise<unknown>;
  /** The next piece of text; undefined when the stream has ended. */
  readonly read: () => Promise<string | undefined>;
}

/** What following needs of its platform, so that it is the same in a browser and in a shell. */
export interface FollowPorts {
  /** Opens a connection, which ends (also one that is being opened) once `closed` is called. */
  readonly open: (
    url: string,
    headers: Readonly<Record<string, string>>,
    closed: (close: () => void) => void,
  ) => Promise<StreamConnection>;
  /** Calls `done` after the time; returns what prevents it. */
  readonly after: (milliseconds: number, done: () => void) => () => void;
  /** Origin of the gateway without a trailing slash; empty for the page's own. */
  readonly baseUrl: string;
}

/** One that follows a stream over all its connections. */
export interface EventFollower {
  readonly url: string;
  /** Where it goes on, at each connection. */
  readonly lastEventId: () => string | undefined;
  /** Nothing more is read before it resolves. True after the last event of all; what it throws ends the connection. */
  readonly take: (event: ServerSentEvent) => boolean | Promise<boolean>;
  readonly onOpen?: (() => void) | undefined;
  /** The connection is lost; it is tried again. */
  readonly onLost?: (() => void) | undefined;
  /** It cannot be followed, and trying again would not help. */
  readonly onRefused: (error: DomainError) => void;
}

/** The gateway sends at least a heartbeat within this time. */
const SILENCE_MS = 45_000;
/** With these the answer will be the same next time. */
const FINAL_KINDS: ReadonlySet<ErrorKind> = new Set(['not-found', 'invalid', 'forbidden', 'unauthenticated']);
const BACK_OFF_MS = [500, 1_000, 2_000, 4_000, 8_000] as const;

/** Follows a stream to its end over lost connections. Returns what stops it. */
export function followEvents(follower: EventFollower, ports: FollowPorts): () => void {
  const connections = new Connections(follower, ports);
  void connections.run();
  return () => {
    connections.stop();
  };
}

class Connections {
  private readonly follower: EventFollower;
  private readonly ports: FollowPorts;
  private failures = 0;
  private stopped = false;
  private interrupt: () => void = () => undefined;

  constructor(follower: EventFollower, ports: FollowPorts) {
    this.follower = follower;
    this.ports = ports;
  }

  stop(): void {
    this.stopped = true;
    this.interrupt();
  }

  async run(): Promise<void> {
    while (!this.isStopped()) {
      try {
        if (await this.readStream()) return;
      } catch (error) {
        if (this.isStopped()) return;
        if (error instanceof DomainError && FINAL_KINDS.has(error.kind)) {
          this.follower.onRefused(error);
          return;
        }
      }
      if (this.isStopped()) return;
      this.follower.onLost?.();
      await this.pause(BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)] ?? 0);
      this.failures += 1;
    }
  }

  private isStopped(): boolean {
    return this.stopped;
  }

  /** Reads one connection to its end; true when that was the end of all. */
  private async readStream(): Promise<boolean> {
    const lastId = this.follower.lastEventId();
    const headers = { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
    const connection = await this.ports.open(this.follower.url, headers, (close) => {
      this.interrupt = close;
    });
    if (!connection.ok) throw await refusalOf(connection);
    this.follower.onOpen?.();
    const parser = new SseParser();
    for (;;) {
      const notSilent = this.ports.after(SILENCE_MS, () => {
        this.interrupt();
      });
      const text = await connection.read().finally(notSilent);
      if (text === undefined) return false;
      for (const event of parser.push(text)) if (await this.take(event)) return true;
    }
  }

  private async take(event: ServerSentEvent): Promise<boolean> {
    if (this.isStopped()) return true;
    if (event.event === 'failure') throw DomainError.fromEnvelope(errorEnvelope.parse(JSON.parse(event.data)));
    const isOver = await this.follower.take(event);
    this.failures = 0;
    return isOver;
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.ports.after(milliseconds, resolve);
      this.interrupt = () => {
        cancel();
        resolve();
      };
    });
  }
}

async function refusalOf({ status, json }: StreamConnection): Promise<Error> {
  const envelope = errorEnvelope.safeParse(await json().catch(() => null));
  return envelope.success ? DomainError.fromEnvelope(envelope.data) : new Error(`HTTP ${String(status)}`);
}
