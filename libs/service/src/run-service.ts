import type { DynamicModule, INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { BusConnection, BusServer, keepRepeats, RpcErrorFilter, type RepeatStore } from '@ushadow/messaging';
import { NestLogger } from '@ushadow/observability';
import { endOnSignal } from './end-on-signal.ts';
import type { StartedService } from './start-service.ts';
import type { AnyDatabase } from './store/service-database.ts';

export interface ServiceOptions {
  /** Where answers are remembered; needed by a service that answers by key. */
  readonly repeats?: RepeatStore;
  /** Called before anybody may ask; a signal ends the process in order meanwhile as well. */
  readonly onStarting?: (app: INestMicroservice) => Promise<void>;
  /** Called as the first thing when the process is to end: what others can take over is let go of at once. */
  readonly onEnding?: (app: INestMicroservice) => void;
}

/**
 * Runs a started service until SIGTERM or SIGINT: answers requests, reports health, ends in order. Its name is also its queue
 * group: replicas share the work. Its database is closed last, after the bus is drained and Nest has closed.
 */
export async function runService(
  { name, bus: busOptions, health, logger, database }: StartedService<unknown, AnyDatabase>,
  module: DynamicModule,
  { repeats, onStarting, onEnding }: ServiceOptions = {},
): Promise<void> {
  const server = new BusServer(busOptions, name);
  if (repeats !== undefined) keepRepeats(repeats);
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
    strategy: server,
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  app.useGlobalFilters(new RpcErrorFilter(logger));
  const bus = app.get(BusConnection);
  bus.onProblem = (problem) => {
    logger.error(problem);
  };
  server.admitted = () => bus.opened();
  const isEnding = endOnSignal(logger, async () => {
    health.end();
    onEnding?.(app);
    await app.close();
    await database.close();
  });
  await onStarting?.(app);
  // What ends must not begin to serve.
  if (isEnding()) return;
  await app.listen();
  await server.subscribed();
  // Requests find their handlers over a connection of their own, later than the one for what is sent.
  health.serve({ database: database.check, nats: () => bus.check() });
  logger.info('ready');
}
