import type { JsMsg } from '@nats-io/jetstream';
import { streams } from '@ushadow/contracts';
import type { Logger } from '@ushadow/observability';
import { z } from 'zod';
import type { BusConnection } from './bus-connection.ts';
import { PullLoop } from './pull-loop.ts';

/** A job that nobody could deal with. */
export interface DeadLetter {
  readonly sequence: number;
  /** When the queue took it: a queue that is made anew counts from one again. */
  readonly storedAt: Date;
  /** What was in it; undefined where that is no JSON, or where it is gone. */
  readonly data: unknown;
  readonly deliveries: number;
  readonly reason: string;
}

export interface DeadLetterConsumerOptions {
  readonly logger: Logger;
  /** May get the same one twice; when it throws, it gets it again. */
  readonly recordDeadLetter: (letter: DeadLetter) => Promise<void>;
}

const advisory = z.object({ stream_seq: z.int(), deliveries: z.int() });
const AGAIN_MS = 10_000;
const SWEEP_MS = 60_000;

/**
 * Takes up jobs that were delivered too often: the server leaves them in the queue and only says so. In case what it said
 * was lost, the queue itself is looked through now and then.
 */
export class DeadLetterConsumer {
  private readonly connection: BusConnection;
  private readonly options: DeadLetterConsumerOptions;
  private readonly loop: PullLoop;
  private working: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(connection: BusConnection, options: DeadLetterConsumerOptions) {
    this.connection = connection;
    this.options = options;
    const { logger } = options;
    this.loop = new PullLoop(connection, {
      stream: streams.dead.name,
      consumer: streams.dead.consumer.name,
      logger,
      room: () => this.working ?? Promise.resolve(),
      take: (message) => {
        this.working = this.settle(message).finally(() => {
          this.working = undefined;
        });
      },
    });
  }

  run(): Promise<void> {
    this.timer = setInterval(() => {
      this.sweep().catch((error: unknown) => {
        this.options.logger.warn({ err: error }, 'the job queue could not be looked through');
      });
    }, SWEEP_MS);
    return this.loop.run();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.loop.stop();
    await this.working;
  }

  /** What the queue still holds although it was delivered and nobody has it was given up. */
  async sweep(): Promise<void> {
    const manager = await this.connection.jetStreamManager();
    for (;;) {
      const {
        name,
        consumer: { name: consumer },
      } = streams.deploy;
      const { delivered, num_ack_pending: inHand, config } = await manager.consumers.info(name, consumer);
      const { state } = await manager.streams.info(name);
      if (inHand > 0 || state.messages === 0 || state.first_seq > delivered.stream_seq) return;
      await this.take(state.first_seq, config.max_deliver ?? 0);
    }
  }

  private async settle(message: JsMsg): Promise<void> {
    try {
      const notice = advisory.parse(message.json());
      await this.take(notice.stream_seq, notice.deliveries);
      await message.ackAck();
    } catch (error) {
      this.options.logger.error({ err: error }, 'a dead letter could not be taken up');
      message.nak(AGAIN_MS);
    }
  }

  private async take(sequence: number, deliveries: number): Promise<void> {
    const manager = await this.connection.jetStreamManager();
    const stored = await manager.streams.getMessage(streams.deploy.name, { seq: sequence });
    // Somebody has taken it up already.
    if (stored === null) return;
    const reason = `delivered ${String(deliveries)} times without success`;
    const data = readJson(() => stored.json());
    await this.options.recordDeadLetter({ sequence, storedAt: stored.time, data, deliveries, reason });
    await manager.streams.deleteMessage(streams.deploy.name, sequence);
  }
}

function readJson(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
