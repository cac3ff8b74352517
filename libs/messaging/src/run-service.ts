import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { DynamicModule, INestMicroservice } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { NestLogger, type HealthChecks, type HealthServer, type Logger } from '@ushadow/observability';
import type { RepeatStore } from './answer-once.ts';
import { BusConnection } from './bus-connection.ts';
import type { BusOptions } from './bus-identity.ts';
import { BusServer } from './bus-server.ts';
import { keepRepeats } from './repeats.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { RpcErrorFilter } from './rpc-error.filter.ts';

const SUBSCRIBED_RETRY_MS = 250;

export interface ServiceOptions {
  /** Also the queue group: replicas share the work. */
  readonly name: string;
  readonly bus: BusOptions;
  /** Listens already; informed when the service serves, and when it ends. */
  readonly health: HealthServer;
  readonly logger: Logger;
  readonly module: DynamicModule;
  readonly checks: HealthChecks;
  /** Where answers are remembered; needed by a service that answers by key. */
  readonly repeats?: RepeatStore;
  /** Called before anybody may ask; a signal ends the process in order meanwhile as well. */
  readonly onStarting?: (app: INestMicroservice) => Promise<void>;
  /** Called as the first thing when the process is to end: what others can take over is let go of at once. */
  readonly onEnding?: (app: INestMicroservice) => void;
  /** Called after the bus is drained and Nest has closed. */
  readonly onClosed?: () => Promise<void>;
}

/** Runs a service behind NATS until SIGTERM or SIGINT: answers requests, reports health, ends in order. */
export async function runService(options: ServiceOptions): Promise<void> {
  const { name, logger, health } = options;
  const server = new BusServer(options.bus, name);
  if (options.repeats !== undefined) keepRepeats(options.repeats);
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(options.module, {
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
    options.onEnding?.(app);
    await app.close();
    await options.onClosed?.();
  });
  await options.onStarting?.(app);
  // What ends must not begin to serve.
  if (isEnding()) return;
  await app.listen();
  await untilSubscribed(app.unwrap<NatsConnection>());
  // Requests find their handlers over a connection of their own, later than the one for what is sent.
  health.serve({ ...options.checks, nats: () => bus.check() });
  logger.info('ready');
}

/** Until the server has answered once, a request may find nobody. A connection that breaks meanwhile comes back by itself. */
async function untilSubscribed(connection: NatsConnection): Promise<void> {
  for (;;) {
    try {
      await connection.flush();
      return;
    } catch {
      await pause(SUBSCRIBED_RETRY_MS);
    }
  }
}

/** One orderly end on the first signal; a second signal ends at once. Gives whether there was one. */
export function endOnSignal(logger: Logger, end: () => Promise<void>): () => boolean {
  let ending = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (ending) process.exit(1);
    ending = true;
    logger.info({ signal }, 'ending');
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'did not end in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return () => ending;
}
