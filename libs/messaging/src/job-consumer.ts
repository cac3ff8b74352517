import type { JsMsg } from '@nats-io/jetstream';
import { streams, type DataOf, type EventDefinition } from '@ushadow/contracts';
import { withRequestContext, type Logger } from '@ushadow/observability';
import type { BusConnection } from './bus-connection.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { StreamOptions } from './ensure-streams.ts';
import { fromHeaders } from './message-headers.ts';
import { PullLoop } from './pull-loop.ts';

/** What a worker decided about a job: `done` takes it off the queue, `later` has it delivered again after the delay. */
export type JobOutcome = { readonly kind: 'done' } | { readonly kind: 'later'; readonly delayMs: number };

export interface JobConsumerOptions<E extends EventDefinition> {
  readonly event: E;
  /** Jobs worked on at once in this process. */
  readonly concurrency: number;
  readonly logger: Logger;
  readonly work: (data: DataOf<E>) => Promise<JobOutcome>;
  /** Told of a message that is no job at all, before it is taken off the queue. */
  readonly bury?: (letter: DeadLetter) => Promise<void>;
  readonly streamOptions?: StreamOptions;
  /** How long a job that could not be worked on waits, after so many deliveries. */
  readonly failedDelayMs?: (deliveries: number) => number;
}

const HEARTBEAT_MS = 10_000;
const FAILED_DELAY_MAX_MS = 60_000;

/** Takes jobs from the work queue until stopped. A job whose worker dies is delivered to another one. */
export class JobConsumer<E extends EventDefinition> {
  private readonly options: JobConsumerOptions<E>;
  private readonly loop: PullLoop;
  private readonly running = new Set<Promise<void>>();

  constructor(connection: BusConnection, options: JobConsumerOptions<E>) {
    this.options = options;
    const { streamOptions, logger, concurrency } = options;
    this.loop = new PullLoop(connection, {
      stream: streams.deploy.name,
      consumer: streams.deploy.consumer,
      ...(streamOptions === undefined ? {} : { streamOptions }),
      logger,
      room: () => (this.running.size < concurrency ? Promise.resolve() : Promise.race(this.running)),
      take: (message) => this.start(message),
    });
  }

  /** Runs until `stop`; comes back by itself when the bus was away. */
  run(): Promise<void> {
    return this.loop.run();
  }

  /** Takes no new job; resolves when those under way have ended or handed over. */
  async stop(): Promise<void> {
    this.loop.stop();
    await Promise.allSettled(this.running);
  }

  private start(message: JsMsg): void {
    const job = this.settle(message)
      .catch((error: unknown) => {
        // It is delivered again when its time is over.
        this.options.logger.warn({ err: error }, 'a job could not be acknowledged');
      })
      .finally(() => this.running.delete(job));
    this.running.add(job);
  }

  private async settle(message: JsMsg): Promise<void> {
    const beat = setInterval(() => {
      message.working();
    }, HEARTBEAT_MS);
    try {
      const outcome = await this.perform(message);
      if (outcome === 'unreadable') message.term('unreadable');
      else if (outcome.kind === 'done') await message.ackAck();
      else message.nak(outcome.delayMs);
    } finally {
      clearInterval(beat);
    }
  }

  private async perform(message: JsMsg): Promise<JobOutcome | 'unreadable'> {
    const { logger, work } = this.options;
    const { deliveryCount } = message.info;
    try {
      const data = this.read(message);
      if (data === undefined) {
        await this.bury(message);
        return 'unreadable';
      }
      return await withRequestContext(fromHeaders(message.headers), () => work(data));
    } catch (error) {
      logger.error({ err: error, deliveries: deliveryCount }, 'job failed to run');
      const { failedDelayMs = defaultDelayMs } = this.options;
      return { kind: 'later', delayMs: failedDelayMs(deliveryCount) };
    }
  }

  private read(message: JsMsg): DataOf<E> | undefined {
    try {
      const data = this.options.event.data.safeParse(message.json());
      return data.success ? (data.data as DataOf<E>) : undefined;
    } catch {
      return undefined;
    }
  }

  private async bury({ info, time }: JsMsg): Promise<void> {
    this.options.logger.error({ sequence: info.streamSequence }, 'a message on the job queue is no job');
    await this.options.bury?.({
      sequence: info.streamSequence,
      storedAt: time,
      data: undefined,
      deliveries: info.deliveryCount,
      reason: 'the message is no job',
    });
  }
}

/** Twice as long each time, up to a minute. */
function defaultDelayMs(deliveries: number): number {
  return Math.min(FAILED_DELAY_MAX_MS, 1_000 * 2 ** (deliveries - 1));
}
