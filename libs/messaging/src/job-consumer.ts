import type { JsMsg } from '@nats-io/jetstream';
import { streams, type DataOf, type EventDefinition } from '@ushadow/contracts';
import { withRequestContext, type Logger } from '@ushadow/observability';
import type { BusConnection } from './bus-connection.ts';
import { ensureStreams } from './ensure-streams.ts';
import { fromHeaders } from './message-headers.ts';

/** What a worker decided about a job: `done` takes it off the queue, `later` has it delivered again after the delay. */
export type JobOutcome = { readonly kind: 'done' } | { readonly kind: 'later'; readonly delayMs: number };

export interface JobConsumerOptions<E extends EventDefinition> {
  readonly event: E;
  /** Jobs worked on at once in this process. */
  readonly concurrency: number;
  readonly logger: Logger;
  readonly work: (data: DataOf<E>) => Promise<JobOutcome>;
}

const HEARTBEAT_MS = 10_000;
const RECONNECT_MS = 1_000;
const FAILED_DELAY_MS = 5_000;

/** Takes jobs from the work queue until stopped. A job whose worker dies is delivered to another one. */
export class JobConsumer<E extends EventDefinition> {
  private readonly connection: BusConnection;
  private readonly options: JobConsumerOptions<E>;
  private readonly running = new Set<Promise<void>>();
  private stopIteration: (() => void) | undefined;
  private stopped = false;

  constructor(connection: BusConnection, options: JobConsumerOptions<E>) {
    this.connection = connection;
    this.options = options;
  }

  /** Runs until `stop`; comes back by itself when the bus was away. */
  async run(): Promise<void> {
    await this.connection.opened();
    while (!this.stopped) {
      try {
        await this.consume();
      } catch (error) {
        if (this.isStopped()) return;
        this.options.logger.warn({ err: error }, 'job queue away, trying again');
        await pause(RECONNECT_MS);
      }
    }
  }

  /** Takes no new job; resolves when those under way have ended or handed over. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.stopIteration?.();
    await Promise.allSettled(this.running);
  }

  private isStopped(): boolean {
    return this.stopped;
  }

  private async consume(): Promise<void> {
    await ensureStreams(await this.connection.jetStreamManager());
    const consumer = await this.connection.jetStream().consumers.get(streams.deploy.name, streams.deploy.consumer);
    const messages = await consumer.consume({ max_messages: this.options.concurrency });
    this.stopIteration = () => {
      messages.stop();
    };
    for await (const message of messages) {
      if (this.isStopped()) return;
      this.start(message);
      if (this.running.size >= this.options.concurrency) await Promise.race(this.running);
    }
  }

  private start(message: JsMsg): void {
    const job = this.settle(message).finally(() => this.running.delete(job));
    this.running.add(job);
  }

  private async settle(message: JsMsg): Promise<void> {
    const beat = setInterval(() => {
      message.working();
    }, HEARTBEAT_MS);
    try {
      const outcome = await this.perform(message);
      if (outcome.kind === 'done') await message.ackAck();
      else message.nak(outcome.delayMs);
    } finally {
      clearInterval(beat);
    }
  }

  private async perform(message: JsMsg): Promise<JobOutcome> {
    const { event, logger, work } = this.options;
    try {
      const data = event.data.parse(message.json()) as DataOf<E>;
      return await withRequestContext(fromHeaders(message.headers), () => work(data));
    } catch (error) {
      logger.error({ err: error, deliveries: message.info.deliveryCount }, 'job failed to run');
      return { kind: 'later', delayMs: FAILED_DELAY_MS };
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
