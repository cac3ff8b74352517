import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { StreamServer, type StreamHandler, type StreamOffer } from '@ushadow/byte-streams';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER } from '@ushadow/service';
import type { OperationsConfig } from '../config.ts';

/** The streams of this process: offered in an answer over the bus, and fetched by the gateway that asked. */
@Injectable()
export class Streams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly server: StreamServer;

  constructor(@Inject(CONFIG) config: OperationsConfig, @Inject(LOGGER) logger: Logger) {
    this.server = new StreamServer({
      host: config.STREAM_HOST,
      port: config.STREAM_PORT,
      advertised: config.STREAM_ADVERTISED,
      perSession: config.STREAMS_PER_GATEWAY_MAX,
      inAll: config.STREAMS_MAX,
      onFailure: (error) => {
        logger.error({ err: error }, 'a stream ended by a fault of ours');
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.server.listen();
  }

  /** @throws DomainError `SERVICE_UNAVAILABLE` */
  offer(handler: StreamHandler, certificateOfClient: string): Promise<StreamOffer> {
    return this.server.offer(handler, certificateOfClient);
  }

  /** Tells every stream at once; the rest of the end may take its time. */
  end(): void {
    void this.server.close();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.server.close();
  }
}
