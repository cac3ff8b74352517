import {
  NatsRequestJSONDeserializer,
  ServerNats,
  type IncomingEvent,
  type IncomingRequest,
} from '@nestjs/microservices';
import type { BusIdentity, BusOptions } from './bus-identity.ts';
import { natsOptions } from './nats-options.ts';

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
}
