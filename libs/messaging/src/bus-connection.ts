import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ClientNats } from '@nestjs/microservices';
import type { NatsConnection } from '@nats-io/transport-node';
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { natsOptions } from './nats-options.ts';

export interface BusOptions {
  readonly url: string;
  readonly service: string;
}

/** One connection to NATS for all that a process sends: requests, events and JetStream. It comes up whenever NATS does. */
@Injectable()
export class BusConnection implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly client: ClientNats;
  private connected = false;
  private opening: Promise<void> | undefined;

  constructor(options: BusOptions) {
    this.client = new ClientNats(natsOptions(options.url, options.service));
    this.client.status.subscribe((status) => {
      this.connected = String(status) === 'connected';
    });
  }

  /** Does not wait: a service starts, and says it is not ready, while NATS is away. */
  onApplicationBootstrap(): void {
    this.opening = this.client.connect().then(
      () => undefined,
      () => undefined,
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }

  isConnected(): boolean {
    return this.connected;
  }

  /** Resolves when the first connection stands. */
  async opened(): Promise<NatsConnection> {
    await this.opening;
    return this.native();
  }

  native(): NatsConnection {
    return this.client.unwrap<NatsConnection>();
  }

  jetStream(): JetStreamClient {
    return jetstream(this.native());
  }

  jetStreamManager(): Promise<JetStreamManager> {
    return jetstreamManager(this.native());
  }

  /** Health check: throws unless a round trip to the server works. */
  async check(): Promise<void> {
    if (!this.connected) throw new Error('not connected to NATS');
    await this.native().flush();
  }
}
