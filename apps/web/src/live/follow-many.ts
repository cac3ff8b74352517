import {
  DomainError,
  operations,
  progressEvent,
  SseParser,
  type DeploymentData,
  type ErrorEnvelope,
  type FollowPorts,
  type ProgressEventData,
} from '@ushadow/contracts';
import { readFailure, readFailureOfOne, refusal } from './read-failure.ts';

export interface ManyListener {
  readonly onOpen: () => void;
  /** Those that came together, in order. */
  readonly onProgress: (events: readonly ProgressEventData[]) => void;
  readonly onEnd: (deployment: DeploymentData) => void;
  /** The connection is lost; it is tried again. */
  readonly onLost: () => void;
  /** This one cannot be followed, and trying again would not help. */
  readonly onRefused: (deploymentId: string, error: ErrorEnvelope) => void;
}

/** The gateway sends at least a heartbeat within this time. */
const SILENCE_MS = 45_000;
/** What is watched one after the other goes into one request. */
const GATHER_MS = 20;
const BACK_OFF_MS = [500, 1_000, 2_000, 4_000, 8_000] as const;

/** Follows any number of deployments over one connection, which is opened anew when the number changes. */
export class FollowMany {
  private readonly listener: ManyListener;
  private readonly ports: FollowPorts;
  /** What is still to come, by deployment: after this sequence number. */
  private readonly places = new Map<string, number>();
  private turn = 0;
  private failures = 0;
  private interrupt: () => void = () => undefined;

  constructor(listener: ManyListener, ports: FollowPorts) {
    this.listener = listener;
    this.ports = ports;
  }

  watch(deploymentId: string): void {
    if (this.places.has(deploymentId)) return;
    this.places.set(deploymentId, 0);
    this.begin();
  }

  unwatch(deploymentId: string): void {
    if (this.places.delete(deploymentId)) this.begin();
  }

  /** Ends the connection there is, and opens another for what is watched now. */
  private begin(): void {
    this.turn += 1;
    this.interrupt();
    void this.run(this.turn);
  }

  private async run(turn: number): Promise<void> {
    await this.pause(GATHER_MS);
    while (this.turn === turn && this.places.size > 0) {
      try {
        await this.readStream(turn);
      } catch (error) {
        if (this.turn !== turn) return;
        if (error instanceof DomainError && refusal.has(error.kind)) {
          this.refuseAll(error);
          return;
        }
      }
      if (this.turn !== turn || this.places.size === 0) return;
      this.listener.onLost();
      await this.pause(BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)] ?? 0);
      this.failures += 1;
    }
  }

  private async readStream(turn: number): Promise<void> {
    const query = [...this.places].map(([id, after]) => `deployment=${encodeURIComponent(id)}:${String(after)}`);
    const url = `${this.ports.baseUrl}/api/events/stream?${query.join('&')}`;
    const connection = await this.ports.open(url, { accept: 'text/event-stream' }, (close) => {
      this.interrupt = close;
    });
    if (this.turn !== turn) {
      this.interrupt();
      return;
    }
    if (!connection.ok) throw await readFailure(connection);
    this.listener.onOpen();
    const parser = new SseParser();
    for (;;) {
      const notSilent = this.ports.after(SILENCE_MS, () => {
        this.interrupt();
      });
      const text = await connection.read().finally(notSilent);
      if (text === undefined || this.turn !== turn) return;
      this.take(parser.push(text));
    }
  }

  private take(received: readonly { readonly event: string; readonly data: string }[]): void {
    const fresh: ProgressEventData[] = [];
    const ended: DeploymentData[] = [];
    for (const { event, data } of received) {
      if (event === 'progress') {
        const progress = progressEvent.parse(JSON.parse(data));
        const place = this.places.get(progress.deployment_id);
        if (place === undefined || progress.sequence <= place) continue;
        this.places.set(progress.deployment_id, progress.sequence);
        fresh.push(progress);
      }
      if (event === 'end') ended.push(operations.getDeployment.output.parse(JSON.parse(data)));
      if (event === 'failure') this.takeFailure(data);
    }
    if (fresh.length > 0) {
      this.failures = 0;
      this.listener.onProgress(fresh);
    }
    for (const deployment of ended) {
      if (this.places.delete(deployment.deployment_id)) this.listener.onEnd(deployment);
    }
  }

  /** What may pass is asked for again with the next connection. */
  private takeFailure(data: string): void {
    const failure = readFailureOfOne(data);
    if (failure === null || !refusal.has(failure.error.kind)) return;
    if (this.places.delete(failure.deployment_id)) this.listener.onRefused(failure.deployment_id, failure.error);
  }

  private refuseAll(error: DomainError): void {
    const ids = [...this.places.keys()];
    this.places.clear();
    for (const id of ids) this.listener.onRefused(id, error.toEnvelope());
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
