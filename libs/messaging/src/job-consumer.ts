import type { JsMsg } from '@nats-io/jetstream';
import { streams, type DataOf, type EventDefinition } from '@ushadow/contracts';
import { withRequestContext, type Logger } from '@ushadow/observability';
import type { BusConnection } from './bus-connection.ts';
import { ensureStreams } from './ensure-streams.ts';
import { fromHeaders } from './message-headers.ts';
import { toDomainError } from './to-domain-error.ts';

/** What a worker decided about a job: `done` takes it off the queue, `later` has it delivered again after the delay. */
export type JobOutcome = { readonly kind: 'done' } | { readonly kind: 'later'; readonly delayMs: number };

export interface JobConsumerOptions<E extends EventDefinition> {
  readonly event: E;
  /** Jobs worked on at once in this process. */
  readonly concurrency: number;
  readonly logger: Logger;
  readonly work: (data: DataOf<E>) => Promise<JobOutcome>;
  /** Records the end of a job that failed at each of its deliveries; then it leaves the queue. */
  readonly giveUp: (data: DataOf<E>, deliveries: number) => Promise<void>;
  /** Before the next delivery of a job that failed; 5 s unless told. */
  readonly failedDelayMs?: number;
}

/** A job that failed this often is given up. Something of ours being away is no failure of the job. */
export const DELIVERIES_MAX = 5;

const WORKING_MS = 10_000;
const HEARTBEAT_MS = 5_000;
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

  /** Runs until `stop`; comes back by itself when the bus was away or has lost its store. */
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
    const messages = await consumer.consume({
      max_messages: this.options.concurrency,
      idle_heartbeat: HEARTBEAT_MS,
      // A server that has lost its store is told by an error here, and gets the stream again.
      abort_on_missing_resource: true,
    });
    this.stopIteration = () => {
      messages.stop();
    };
    try {
      for await (const message of messages) {
        if (this.isStopped()) return;
        this.start(message);
        if (this.running.size >= this.options.concurrency) await Promise.race(this.running);
      }
    } finally {
      messages.stop();
    }
  }

  private start(message: JsMsg): void {
    const job = this.settle(message)
      .catch((error: unknown) => {
        // It will be delivered again, to a worker that finds it done.
        this.options.logger.warn({ err: error }, 'the queue did not hear what became of a job');
      })
      .finally(() => this.running.delete(job));
    this.running.add(job);
  }

  private async settle(message: JsMsg): Promise<void> {
    const beat = setInterval(() => {
      message.working();
    }, WORKING_MS);
    try {
      const data = this.read(message);
      if (data === undefined) {
        message.term('it cannot be read');
        return;
      }
      const outcome = await withRequestContext(fromHeaders(message.headers), () => this.perform(message, data));
      if (outcome.kind === 'done') await message.ackAck();
      else message.nak(outcome.delayMs);
    } finally {
      clearInterval(beat);
    }
  }

  /** Undefined for what no version of ours has written: no row waits for it. */
  private read(message: JsMsg): DataOf<E> | undefined {
    const { event, logger } = this.options;
    try {
      return event.data.parse(message.json()) as DataOf<E>;
    } catch (error) {
      logger.error({ err: error, sequence: message.seq }, 'a job that cannot be read leaves the queue');
      return undefined;
    }
  }

  private async perform(message: JsMsg, data: DataOf<E>): Promise<JobOutcome> {
    const { logger, work, giveUp, failedDelayMs = FAILED_DELAY_MS } = this.options;
    const deliveries = message.info.deliveryCount;
    const later = { kind: 'later', delayMs: failedDelayMs } as const;
    try {
      return await work(data);
    } catch (error) {
      logger.error({ err: error, deliveries }, 'job failed to run');
      if (deliveries < DELIVERIES_MAX || toDomainError(error).kind === 'unavailable') return later;
    }
    try {
      await giveUp(data, deliveries);
      return { kind: 'done' };
    } catch (error) {
      logger.error({ err: error, deliveries }, 'a job could not be given up');
      return later;
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
