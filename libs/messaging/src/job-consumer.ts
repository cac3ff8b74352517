import type { JsMsg } from '@nats-io/jetstream';
import { streams, type DataOf, type EventDefinition } from '@ushadow/contracts';
import { withRequestContext, type Logger, type RequestContext } from '@ushadow/observability';
import type { BusConnection } from './bus-connection.ts';
import type { DeadLetter } from './dead-letter.ts';
import { fromHeaders } from './message-headers.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { PullLoop } from './pull-loop.ts';
import { toDomainError } from './to-domain-error.ts';

/** What a worker decided about a job: `done` takes it off the queue, `later` has it delivered again after the delay. */
export type JobOutcome = { readonly kind: 'done' } | { readonly kind: 'later'; readonly delayMs: number };

interface GivenUp {
  readonly kind: 'given-up';
  readonly reason: string;
}

export interface JobConsumerOptions<E extends EventDefinition> {
  readonly event: E;
  /** Jobs worked on at once in this process. */
  readonly concurrency: number;
  readonly logger: Logger;
  readonly work: (data: DataOf<E>) => Promise<JobOutcome>;
  /** Told of what is no job at all, and of a job that failed too often, before it is taken off the queue. */
  readonly recordDeadLetter: (letter: DeadLetter) => Promise<void>;
  /** A job that failed this often is given up; 5 by default. Something of ours being away is no failure of the job. */
  readonly failuresMax?: number;
  /** How long a job that could not be worked on waits, after so many deliveries. */
  readonly failedDelayMs?: (deliveries: number) => number;
}

const WORKING_MS = 10_000;
const FAILED_DELAY_MAX_MS = 60_000;
const AWAY_DELAY_MAX_MS = 5_000;
const FAILURES_MAX = 5;

/** Takes jobs from the work queue until stopped. A job whose worker dies is delivered to another one. */
export class JobConsumer<E extends EventDefinition> {
  private readonly options: JobConsumerOptions<E>;
  private readonly loop: PullLoop;
  private readonly running = new Set<Promise<void>>();
  private readonly stopped = Promise.withResolvers<void>();
  private isStopped = false;

  constructor(connection: BusConnection, options: JobConsumerOptions<E>) {
    this.options = options;
    const { logger, concurrency } = options;
    this.loop = new PullLoop(connection, {
      stream: streams.deploy.name,
      consumer: streams.deploy.consumer.name,
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
    this.isStopped = true;
    this.stopped.resolve();
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
    }, WORKING_MS);
    try {
      const outcome = await this.perform(message);
      if (outcome.kind === 'given-up') message.term(outcome.reason);
      else if (outcome.kind === 'done') await message.ackAck();
      else message.nak(outcome.delayMs);
    } finally {
      clearInterval(beat);
    }
  }

  private async perform(message: JsMsg): Promise<JobOutcome | GivenUp> {
    const { logger, failuresMax = FAILURES_MAX } = this.options;
    const { deliveryCount: deliveries } = message.info;
    try {
      const data = this.read(message);
      const context = contextOf(message);
      if (data === undefined || context === undefined) {
        logger.error({ sequence: message.info.streamSequence }, 'a message on the job queue is no job');
        return await this.giveUp(message, undefined, 'the message is no job');
      }
      const outcome = await withRequestContext(context, () => this.workWhenAble(data));
      if (outcome !== 'failed') return outcome;
      if (deliveries < failuresMax) return this.again(deliveries);
      return await this.giveUp(message, data, `delivered ${String(deliveries)} times without success`);
    } catch (error) {
      logger.error({ err: error, deliveries }, 'a job could not be given up');
      return this.again(deliveries);
    }
  }

  /** While something of ours is away the job stays in hand: that it waits is not counted against it. */
  private async workWhenAble(data: DataOf<E>): Promise<JobOutcome | 'failed'> {
    const { logger, work, failedDelayMs = defaultDelayMs } = this.options;
    for (let tries = 1; ; tries++) {
      try {
        return await work(data);
      } catch (error) {
        const known = toDomainError(error);
        if (known.kind !== 'unavailable') {
          logger.error({ err: error }, 'job failed to run');
          return 'failed';
        }
        logger.warn({ code: known.code, err: known.cause }, 'a job waits for what is away');
      }
      await Promise.race([this.stopped.promise, pause(Math.min(AWAY_DELAY_MAX_MS, failedDelayMs(tries)))]);
      if (this.isStopped) return { kind: 'later', delayMs: 0 };
    }
  }

  private again(deliveries: number): JobOutcome {
    const { failedDelayMs = defaultDelayMs } = this.options;
    return { kind: 'later', delayMs: failedDelayMs(deliveries) };
  }

  private read(message: JsMsg): DataOf<E> | undefined {
    try {
      const data = this.options.event.data.safeParse(message.json());
      return data.success ? (data.data as DataOf<E>) : undefined;
    } catch {
      return undefined;
    }
  }

  private async giveUp({ info, time }: JsMsg, data: DataOf<E> | undefined, reason: string): Promise<GivenUp> {
    const { streamSequence: sequence, deliveryCount: deliveries } = info;
    await this.options.recordDeadLetter({ sequence, storedAt: time, data, deliveries, reason });
    return { kind: 'given-up', reason };
  }
}

/** In whose name the job is; undefined where it does not say. */
function contextOf(message: JsMsg): RequestContext | undefined {
  try {
    return fromHeaders(message.headers);
  } catch {
    return undefined;
  }
}

/** Twice as long each time, up to a minute. */
function defaultDelayMs(deliveries: number): number {
  return Math.min(FAILED_DELAY_MAX_MS, 1_000 * 2 ** (deliveries - 1));
}
