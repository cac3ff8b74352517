import { setTimeout as pause } from 'node:timers/promises';
import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { Logger } from '@ushadow/observability';
import type { BusConnection } from './bus-connection.ts';

export interface PullLoopOptions {
  readonly stream: string;
  readonly consumer: string;
  readonly logger: Logger;
  /** Resolves when another message can be dealt with. */
  readonly room: () => Promise<unknown>;
  readonly take: (message: JsMsg) => void;
}

const PULL_MS = 5_000;
const RECONNECT_MS = 1_000;
const AWAY = 'the stream is away, trying again; where NATS has lost it, `npm run bus -- streams` makes it';

/** Pulls messages one at a time, only when there is room: none waits inside a busy process for its turn. */
export class PullLoop {
  private readonly connection: BusConnection;
  private readonly options: PullLoopOptions;
  private stopped = false;
  private asking: ConsumerMessages | undefined;

  constructor(connection: BusConnection, options: PullLoopOptions) {
    this.connection = connection;
    this.options = options;
  }

  /** Runs until `stop`; comes back by itself when the bus or the stream was away. */
  async run(): Promise<void> {
    await this.connection.opened();
    while (!this.isStopped()) {
      try {
        await this.pull();
      } catch (error) {
        if (this.isStopped()) return;
        this.options.logger.warn({ err: error }, AWAY);
        await pause(RECONNECT_MS);
      }
    }
  }

  /** Takes nothing new from now on. What is put back afterwards goes to others: nothing is asked for any more. */
  stop(): void {
    this.stopped = true;
    this.asking?.stop();
  }

  private isStopped(): boolean {
    return this.stopped;
  }

  private async pull(): Promise<void> {
    const { stream, consumer: name, room, take } = this.options;
    const consumer = await this.connection.jetStream().consumers.get(stream, name);
    for (;;) {
      await room();
      if (this.isStopped()) return;
      if (await this.takeOne(consumer, take)) continue;
      if (this.isStopped()) return;
      // Nothing to do, or nothing there any more: a stream that was lost is an error here.
      await consumer.info();
    }
  }

  private async takeOne(consumer: Consumer, take: (message: JsMsg) => void): Promise<boolean> {
    this.asking = await consumer.fetch({ max_messages: 1, expires: PULL_MS });
    if (this.isStopped()) this.asking.stop();
    for await (const message of this.asking) {
      if (this.isStopped()) message.nak(0);
      else take(message);
      return true;
    }
    return false;
  }
}
