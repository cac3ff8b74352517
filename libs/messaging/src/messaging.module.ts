import { Global, Module, type DynamicModule } from '@nestjs/common';
import { BusConnection } from './bus-connection.ts';
import type { BusOptions } from './bus-identity.ts';
import { EventBus } from './event-bus.ts';
import { RpcCaller } from './rpc-caller.ts';

/** The bus of a process: who calls, announces or consumes takes it from here. */
@Global()
@Module({})
export class MessagingModule {
  static forRoot(options: BusOptions): DynamicModule {
    return {
      module: MessagingModule,
      providers: [
        { provide: BusConnection, useFactory: () => new BusConnection(options) },
        {
          provide: RpcCaller,
          useFactory: (connection: BusConnection) => new RpcCaller(connection),
          inject: [BusConnection],
        },
        {
          provide: EventBus,
          useFactory: (connection: BusConnection) => new EventBus(connection),
          inject: [BusConnection],
        },
      ],
      exports: [BusConnection, RpcCaller, EventBus],
    };
  }
}
