import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { allByteStreams, httpOperations } from '@ushadow/contracts';
import { MessagingModule, type BusOptions } from '@ushadow/messaging';
import { AccessGuard } from './access/access.guard.ts';
import { Authenticator } from './access/authenticator.ts';
import { Places } from './access/places.ts';
import { byteStreamController } from './byte-streams/byte-stream-controller.ts';
import { OpenByteStream } from './byte-streams/open-byte-stream.ts';
import { socketController } from './byte-streams/socket-controller.ts';
import { bySpecificity, operationController } from './http/operation-controller.ts';
import { RequestLimits } from './http/request-limits.ts';
import { Upgrades } from './http/upgrades.ts';
import { EventStreamsController } from './sse/event-streams.controller.ts';
import { OpenStreams } from './sse/open-streams.ts';

const answeredStreams = Object.values(allByteStreams).filter(({ kind }) => kind !== 'socket');
const sockets = Object.values(allByteStreams).filter(({ kind }) => kind === 'socket');

@Module({})
export class AppModule {
  static forRoot(bus: BusOptions, streams: OpenStreams, limits: RequestLimits): DynamicModule {
    return {
      module: AppModule,
      providers: [
        { provide: OpenStreams, useValue: streams },
        { provide: RequestLimits, useValue: limits },
        { provide: APP_GUARD, useClass: AccessGuard },
        Authenticator,
        OpenByteStream,
        Places,
        Upgrades,
      ],
      imports: [MessagingModule.forRoot(bus)],
      controllers: [
        EventStreamsController,
        ...answeredStreams.map(byteStreamController),
        ...sockets.map(socketController),
        ...Object.values(httpOperations).sort(bySpecificity).map(operationController),
      ],
    };
  }
}
