import { Injectable } from '@nestjs/common';
import { headers, type DataOf, type EventDefinition } from '@ushadow/contracts';
import { requestContext } from '@ushadow/observability';
import { BusConnection } from './bus-connection.ts';
import { toHeaders } from './message-headers.ts';

export interface PublishOptions {
  /** Last token of the subject, for events that listeners choose by id. */
  readonly key?: string;
  /** JetStream stores one message per id within its window. */
  readonly messageId?: string;
}

/** Sends events. Live ones are heard by who listens now; jobs and audit events are confirmed by JetStream. */
@Injectable()
export class EventBus {
  private readonly connection: BusConnection;

  constructor(connection: BusConnection) {
    this.connection = connection;
  }

  /** Sends a live event. With the bus away it is lost: the table it was made from is the truth. */
  announce<E extends EventDefinition>(event: E, data: DataOf<E>, options: PublishOptions = {}): void {
    if (!this.connection.isConnected()) return;
    this.connection.native().publish(subjectOf(event, options), JSON.stringify(event.data.parse(data)), {
      headers: toHeaders(requestContext()),
    });
  }

  /** Stores a job or an audit event; resolves when JetStream has it. */
  async store<E extends EventDefinition>(
    event: E,
    data: DataOf<E>,
    options: PublishOptions & { messageId: string },
  ): Promise<void> {
    const messageHeaders = toHeaders(requestContext());
    messageHeaders.set(headers.messageId, options.messageId);
    await this.connection.jetStream().publish(subjectOf(event, options), JSON.stringify(event.data.parse(data)), {
      headers: messageHeaders,
    });
  }

  /** Hears live events until the returned function is called. What does not fit the contract is not handed on. */
  listen<E extends EventDefinition>(event: E, key: string | undefined, heard: (data: DataOf<E>) => void): () => void {
    const subject = key === undefined ? event.subject : `${event.subject}.${key}`;
    const subscription = this.connection.native().subscribe(subject, {
      callback: (error, message) => {
        if (error !== null) return;
        const data = event.data.safeParse(message.json());
        if (data.success) heard(data.data as DataOf<E>);
      },
    });
    return () => {
      subscription.unsubscribe();
    };
  }
}

function subjectOf(event: EventDefinition, options: PublishOptions): string {
  return options.key === undefined ? event.subject : `${event.subject}.${options.key}`;
}
