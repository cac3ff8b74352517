import { Injectable } from '@nestjs/common';
import type { Msg } from '@nats-io/transport-node';
import { eventSubject, headers, type DataOf, type EventDefinition } from '@ushadow/contracts';
import { currentRequestContext, type RequestContext } from '@ushadow/observability';
import { BusConnection } from './bus-connection.ts';
import { toHeaders } from './message-headers.ts';

export interface PublishOptions {
  /** Last token of the subject, for events that have one. */
  readonly key?: string;
  /** JetStream stores one message per id within its window. */
  readonly messageId?: string;
  /** Number in the stream of the last message of the subject, 0 for none: where it is another, nothing is stored. */
  readonly expectLast?: number;
}

/** Sends events. Live ones reach who listens now; jobs and audit events are confirmed by JetStream. */
@Injectable()
export class EventBus {
  private readonly connection: BusConnection;

  constructor(connection: BusConnection) {
    this.connection = connection;
  }

  /** Sends a live event. With the bus away it is lost: the table it was made from is the truth. */
  announce<E extends EventDefinition>(event: E, data: DataOf<E>, options: PublishOptions = {}): void {
    if (!this.connection.isConnected()) return;
    this.connection.native().publish(eventSubject(event, options.key), JSON.stringify(event.data.parse(data)), {
      headers: toHeaders(this.context()),
    });
  }

  /** Stores a job or an audit event; resolves when JetStream has it. */
  async store<E extends EventDefinition>(
    event: E,
    data: DataOf<E>,
    options: PublishOptions & { messageId: string },
  ): Promise<void> {
    const messageHeaders = toHeaders(this.context());
    messageHeaders.set(headers.messageId, options.messageId);
    await this.connection
      .jetStream()
      .publish(eventSubject(event, options.key), JSON.stringify(event.data.parse(data)), {
        headers: messageHeaders,
        ...(options.expectLast === undefined ? {} : { expect: { lastSubjectSequence: options.expectLast } }),
      });
  }

  /** Receives live events until the returned function is called. What does not fit the contract is not handed on. */
  listen<E extends EventDefinition>(event: E, key: string | undefined, onEvent: (data: DataOf<E>) => void): () => void {
    const subscription = this.connection.native().subscribe(eventSubject(event, key), {
      callback: (error, message) => {
        if (error !== null) return;
        const data = event.data.safeParse(readJson(message));
        if (data.success) onEvent(data.data as DataOf<E>);
      },
    });
    return () => {
      subscription.unsubscribe();
    };
  }

  /** In whose name: of who asked for the work in hand, or of the service itself. */
  private context(): RequestContext {
    return currentRequestContext() ?? this.connection.ownContext();
  }
}

/** Undefined for what is no JSON. */
function readJson(message: Msg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
