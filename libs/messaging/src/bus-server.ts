import {
  NatsRequestJSONDeserializer,
  ServerNats,
  type IncomingEvent,
  type IncomingRequest,
  type NatsContext,
} from '@nestjs/microservices';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import type { BusIdentity, BusOptions } from './bus-identity.ts';
import { natsOptions } from './nats-options.ts';
import { payloadTooLarge } from './to-domain-error.ts';
import { setTimeout as pause } from 'node:timers/promises';

const SUBSCRIBED_RETRY_MS = 250;

/** A request as its handler gets it: what came, and who this service is, to open it and to seal the answer. */
export class Received {
  constructor(
    readonly content: unknown,
    readonly identity: BusIdentity,
  ) {}
}

class RequestReader extends NatsRequestJSONDeserializer {
  constructor(private readonly identity: BusIdentity) {
    super();
  }

  override deserialize(
    ...received: Parameters<NatsRequestJSONDeserializer['deserialize']>
  ): IncomingRequest | IncomingEvent {
    const request = super.deserialize(...received) as IncomingRequest | IncomingEvent;
    return { ...request, data: new Received(request.data, this.identity) };
  }
}

/** Listens for requests, from when the bus has let this service in. */
export class BusServer extends ServerNats {
  /** Resolves when requests may be listened for; set before `listen`. */
  admitted: () => Promise<unknown> = () => Promise.resolve();

  constructor({ identity, ...options }: BusOptions, queue: string) {
    super({
      ...natsOptions(options, identity.user, identity.nkeySeed),
      waitOnFirstConnect: true,
      queue,
      deserializer: new RequestReader(identity),
    });
  }

  override async listen(callback: (error?: unknown, ...more: unknown[]) => void): Promise<void> {
    await this.admitted();
    await super.listen(callback);
  }

  /** Until the server has answered once, a request may find nobody. A connection that breaks meanwhile comes back by itself. */
  async subscribed(): Promise<void> {
    for (;;) {
      try {
        await this.unwrap<NatsConnection>().flush();
        return;
      } catch {
        await pause(SUBSCRIBED_RETRY_MS);
      }
    }
  }

  /** An answer that the bus does not carry becomes one that says so: who asked would wait for the other until its deadline. */
  override getPublisher(request: Msg, ...rest: [id: string, context: NatsContext]): (answer: unknown) => unknown {
    const publish = super.getPublisher(request, ...rest) as (answer: unknown) => unknown;
    return (answer) => {
      try {
        return publish(answer);
      } catch (error) {
        const limit = this.unwrap<NatsConnection>().info?.max_payload;
        const bytes = Buffer.byteLength(JSON.stringify(answer));
        if (limit === undefined || bytes <= limit) throw error;
        const refusal = payloadTooLarge(`The answer to ${request.subject}`, bytes, limit);
        this.logger.error(refusal.message);
        return publish({ err: refusal.toEnvelope(), isDisposed: true });
      }
    };
  }
}
