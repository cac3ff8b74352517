import { operations } from '../registry.ts';
import { progressEvent, type DeploymentData, type ProgressEventData } from '../deployer/deployment.ts';
import { DomainError } from '../domain-error.ts';
import type { ErrorKind } from '../error-kinds.ts';
import { errorEnvelope } from '../error-envelope.ts';
import { SseParser } from './sse-parser.ts';

export interface FollowListener {
  readonly onOpen?: () => void;
  readonly onProgress: (event: ProgressEventData) => void;
  /** After the verdict; nothing follows. */
  readonly onEnd: (deployment: DeploymentData) => void;
  /** The connection is lost; it is tried again. */
  readonly onLost?: () => void;
  /** It cannot be followed, and trying again would not help. */
  readonly onRefused: (error: DomainError) => void;
}

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

/** The gateway sends at least a heartbeat within this time. */
const SILENCE_MS = 45_000;
/** With these the answer will be the same next time. */
const FINAL_KINDS: ReadonlySet<ErrorKind> = new Set(['not-found', 'invalid', 'forbidden', 'unauthenticated']);
const BACK_OFF_MS = [500, 1_000, 2_000, 4_000, 8_000] as const;

/** Follows a deployment's events from the first to the verdict, each once, over lost connections. Returns what stops it. */
export function followDeployment(deploymentId: string, listener: FollowListener, ports: FollowPorts): () => void {
  const follower = new Follower(deploymentId, listener, ports);
  void follower.run();
  return () => {
    follower.stop();
  };
}

class Follower {
  private readonly url: string;
  private readonly listener: FollowListener;
  private readonly ports: FollowPorts;
  private lastSequence = 0;
  private failures = 0;
  private stopped = false;
  private interrupt: () => void = () => undefined;

  constructor(deploymentId: string, listener: FollowListener, ports: FollowPorts) {
    this.url = `${ports.baseUrl}/api/deployments/${encodeURIComponent(deploymentId)}/events/stream`;
    this.listener = listener;
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
          this.listener.onRefused(error);
          return;
        }
      }
      if (this.isStopped()) return;
      this.listener.onLost?.();
      await this.pause(BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)] ?? 0);
      this.failures += 1;
    }
  }

  private isStopped(): boolean {
    return this.stopped;
  }

  /** Reads one connection to its end; true when the deployment ended with it. */
  private async readStream(): Promise<boolean> {
    const headers = { accept: 'text/event-stream', 'last-event-id': String(this.lastSequence) };
    const connection = await this.ports.open(this.url, headers, (close) => {
      this.interrupt = close;
    });
    if (!connection.ok) throw await refusalOf(connection);
    this.listener.onOpen?.();
    const parser = new SseParser();
    for (;;) {
      const notSilent = this.ports.after(SILENCE_MS, () => {
        this.interrupt();
      });
      const text = await connection.read().finally(notSilent);
      if (text === undefined) return false;
      for (const { event, data } of parser.push(text)) if (this.take(event, data)) return true;
    }
  }

  /** True after the verdict. */
  private take(event: string, data: string): boolean {
    if (event === 'progress') {
      const progress = progressEvent.parse(JSON.parse(data));
      if (progress.sequence <= this.lastSequence) return false;
      this.lastSequence = progress.sequence;
      this.failures = 0;
      this.listener.onProgress(progress);
    }
    if (event === 'failure') throw DomainError.fromEnvelope(errorEnvelope.parse(JSON.parse(data)));
    if (event !== 'end') return false;
    this.listener.onEnd(operations.getDeployment.output.parse(JSON.parse(data)));
    return true;
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
