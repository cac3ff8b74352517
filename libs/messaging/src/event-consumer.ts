import type { JsMsg } from '@nats-io/jetstream';
import type { DataOf, EventDefinition, Stream } from '@ushadow/contracts';
import type { Logger } from '@ushadow/observability';
import type { BusConnection } from './bus-connection.ts';
import { PullLoop } from './pull-loop.ts';

export interface EventConsumerOptions<E extends EventDefinition> {
  /** Kept events are taken from it, by the consumer that is made for them. */
  readonly stream: Stream;
  readonly event: E;
  readonly logger: Logger;
  /** May get the same one twice; when it throws, it gets it again later. */
  readonly take: (data: DataOf<E>) => Promise<void>;
}

const AGAIN_FIRST_MS = 1_000;
const AGAIN_MAX_MS = 60_000;

/** Takes kept events from a stream, one after the other: also those that came while nobody was there. */
export class EventConsumer<E extends EventDefinition> {
  private readonly options: EventConsumerOptions<E>;
  private readonly loop: PullLoop;
  private working: Promise<void> | undefined;

  constructor(connection: BusConnection, options: EventConsumerOptions<E>) {
    this.options = options;
    const { stream, logger } = options;
    this.loop = new PullLoop(connection, {
      stream: stream.name,
      consumer: stream.consumer?.name ?? '',
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
    return this.loop.run();
  }

  /** Takes nothing new; resolves when the one in hand is done. */
  async stop(): Promise<void> {
    this.loop.stop();
    await this.working;
  }

  private async settle(message: JsMsg): Promise<void> {
    const { event, logger, take } = this.options;
    try {
      const data = event.data.safeParse(readJson(message));
      if (!data.success) {
        logger.error({ sequence: message.info.streamSequence }, `a message of ${event.subject} is no such event`);
        message.term('it is no such event');
        return;
      }
      await take(data.data as DataOf<E>);
      await message.ackAck();
    } catch (error) {
      logger.warn({ err: error, subject: event.subject }, 'an event could not be taken up; it comes again');
      message.nak(Math.min(AGAIN_MAX_MS, AGAIN_FIRST_MS * 2 ** (message.info.deliveryCount - 1)));
    }
  }
}

/** Undefined for what is no JSON. */
function readJson(message: JsMsg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
