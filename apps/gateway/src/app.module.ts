import { Module, type DynamicModule } from '@nestjs/common';
import { allByteStreams, httpOperations } from '@ushadow/contracts';
import { MessagingModule, type BusOptions } from '@ushadow/messaging';
import { byteStreamController } from './byte-streams/byte-stream-controller.ts';
import { OpenByteStream } from './byte-streams/open-byte-stream.ts';
import { bySpecificity, operationController } from './http/operation-controller.ts';
import { RequestLimits } from './http/request-limits.ts';
import { EventStreamsController } from './sse/event-streams.controller.ts';
import { OpenStreams } from './sse/open-streams.ts';

/** Those that begin with an upgrade have no route. */
const answeredStreams = Object.values(allByteStreams).filter(({ kind }) => kind !== 'socket');

@Module({})
export class AppModule {
  static forRoot(bus: BusOptions, streams: OpenStreams, limits: RequestLimits): DynamicModule {
    return {
      module: AppModule,
      providers: [
        { provide: OpenStreams, useValue: streams },
        { provide: RequestLimits, useValue: limits },
        OpenByteStream,
      ],
      imports: [MessagingModule.forRoot(bus)],
      controllers: [
        EventStreamsController,
        ...answeredStreams.map(byteStreamController),
        ...Object.values(httpOperations).sort(bySpecificity).map(operationController),
      ],
    };
  }
}
