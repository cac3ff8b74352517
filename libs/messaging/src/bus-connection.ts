import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ClientNats } from '@nestjs/microservices';
import { PermissionViolationError, type NatsConnection } from '@nats-io/transport-node';
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { WHO_AM_I } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import { connectProblem, rightsProblem, unansweredProblem, versionProblem } from './bus-admission.ts';
import type { BusIdentity, BusOptions } from './bus-identity.ts';
import { natsOptions } from './nats-options.ts';
import { setTimeout as pause } from 'node:timers/promises';

const RETRY_MS = 250;
/** A server's configuration may be mended at any time. */
const EXAMINE_AGAIN_MS = 2_000;

/**
 * One connection to NATS for all that a process sends: requests, events and JetStream. It comes up whenever NATS does, and is
 * not used while the server is not one to be trusted or does not grant what the contracts need.
 */
@Injectable()
export class BusConnection implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly client: ClientNats;
  readonly identity: BusIdentity;
  /** Called once for each reason for which the bus is not used. */
  onProblem: (problem: string) => void = () => undefined;
  /** Somebody who looks in from outside, by the credentials in the URL, has rights of his own. */
  private readonly isOutsider: boolean;
  private readonly admission = Promise.withResolvers<NatsConnection>();
  private connected = false;
  private closed = false;
  private problem: string | undefined;
  private opening: Promise<void> | undefined;
  private examining: Promise<void> | undefined;

  constructor({ identity, ...options }: BusOptions) {
    this.identity = identity;
    const connecting = natsOptions(options, identity.user, identity.nkeySeed);
    this.isOutsider = connecting.user !== undefined;
    this.client = new ClientNats(connecting);
    this.client.status.subscribe((status) => {
      this.connected = String(status) === 'connected';
    });
  }

  /** Does not wait: a service starts, and says it is not ready, while NATS is away. */
  onApplicationBootstrap(): void {
    this.opening ??= this.open();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await this.client.close();
  }

  isConnected(): boolean {
    return this.connected && this.problem === undefined;
  }

  /** Resolves when the first connection stands and may be used. */
  opened(): Promise<NatsConnection> {
    return this.admission.promise;
  }

  native(): NatsConnection {
    return this.client.unwrap<NatsConnection>();
  }

  jetStream(): JetStreamClient {
    return jetstream(this.native());
  }

  /** Asks nothing of the server by itself: a service may not look at what its account holds. */
  jetStreamManager(): Promise<JetStreamManager> {
    return jetstreamManager(this.native(), { checkAPI: false });
  }

  /** In whose name the service does what nobody asked it for. */
  ownContext(): RequestContext {
    return { requestId: randomUUID(), actor: `service:${this.identity.user}` };
  }

  /** Health check: throws unless a round trip to the server works. */
  async check(): Promise<void> {
    if (this.problem !== undefined) throw new Error(this.problem);
    if (!this.connected) throw new Error('not connected to NATS');
    await this.native().flush();
  }

  private async open(): Promise<void> {
    while (!this.closed) {
      try {
        await this.client.connect();
        void this.watch(this.native());
        return await this.examine();
      } catch (error) {
        this.note(connectProblem(this.identity.user, error));
        await pause(RETRY_MS);
      }
    }
  }

  private async watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'reconnect') void this.examine();
      if (status.type === 'error' && status.error instanceof PermissionViolationError && !this.isOutsider)
        void this.examine();
    }
  }

  /** Asks the server who it is and what it grants, until that is good. */
  private examine(): Promise<void> {
    this.examining ??= this.examineUntilGood().finally(() => {
      this.examining = undefined;
    });
    return this.examining;
  }

  private async examineUntilGood(): Promise<void> {
    const hadProblem = this.problem !== undefined;
    while (!this.closed && this.connected) {
      const problem = await this.findProblem();
      this.note(problem);
      if (problem === undefined) {
        // What was refused meanwhile is subscribed to again.
        if (hadProblem) await this.native().reconnect();
        this.admission.resolve(this.native());
        return;
      }
      await pause(EXAMINE_AGAIN_MS);
    }
  }

  private async findProblem(): Promise<string | undefined> {
    if (this.isOutsider) return undefined;
    try {
      const connection = this.native();
      const problem = versionProblem(connection.info?.version ?? '');
      if (problem !== undefined) return problem;
      const answer = await connection.request(WHO_AM_I, '', { timeout: EXAMINE_AGAIN_MS });
      return rightsProblem(this.identity.user, answer.json());
    } catch (error) {
      return unansweredProblem(this.identity.user, error);
    }
  }

  private note(problem: string | undefined): void {
    if (problem !== undefined && problem !== this.problem) this.onProblem(problem);
    this.problem = problem;
  }
}
