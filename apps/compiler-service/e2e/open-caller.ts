import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BusConnection, EventBus, MessagingModule, RpcCaller } from '@ushadow/messaging';

export interface Caller {
  readonly rpc: RpcCaller;
  readonly events: EventBus;
  readonly close: () => Promise<void>;
}

/** Speaks to services as another service would: through their contracts, over NATS. */
export async function openCaller(url: string): Promise<Caller> {
  @Module({ imports: [MessagingModule.forRoot({ url, service: 'test' })] })
  class CallerModule {}
  const app = await NestFactory.createApplicationContext(CallerModule, { logger: false, abortOnError: false });
  await app.get(BusConnection).opened();
  return { rpc: app.get(RpcCaller), events: app.get(EventBus), close: () => app.close() };
}
