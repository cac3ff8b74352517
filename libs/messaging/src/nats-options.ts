import type { NatsOptions } from '@nestjs/microservices';

/** Connection options of both directions: reconnect for ever, and finish what is under way when the process ends. */
export function natsOptions(url: string, name: string): NonNullable<NatsOptions['options']> {
  return {
    servers: url.split(','),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
    gracefulShutdown: true,
    gracePeriod: 500,
    pingInterval: 10_000,
  };
}
