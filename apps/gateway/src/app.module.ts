import { Module, type DynamicModule } from '@nestjs/common';
import { httpOperations } from '@ushadow/contracts';
import { MessagingModule, type BusOptions } from '@ushadow/messaging';
import { bySpecificity, operationController } from './http/operation-controller.ts';
import { RequestLimits } from './http/request-limits.ts';
import { EventStreamsController } from './sse/event-streams.controller.ts';
import { OpenStreams } from './sse/open-streams.ts';

@Module({})
export class AppModule {
  static forRoot(bus: BusOptions, streams: OpenStreams, limits: RequestLimits): DynamicModule {
    return {
      module: AppModule,
      providers: [
        { provide: OpenStreams, useValue: streams },
        { provide: RequestLimits, useValue: limits },
      ],
      imports: [MessagingModule.forRoot(bus)],
      controllers: [
        EventStreamsController,
        ...Object.values(httpOperations).sort(bySpecificity).map(operationController),
      ],
    };
  }
}
