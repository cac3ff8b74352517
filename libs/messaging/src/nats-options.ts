import type { NatsOptions } from '@nestjs/microservices';

/** Connection options of both directions: reconnect for ever, and finish what is under way when the process ends. */
export function natsOptions(url: string, name: string): NonNullable<NatsOptions['options']> {
  const urls = url.split(',').map((one) => new URL(one.includes('://') ? one : `nats://${one}`));
  return {
    servers: urls.map(({ host }) => host),
    ...credentialsOf(urls[0]),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
    gracefulShutdown: true,
    gracePeriod: 500,
    pingInterval: 10_000,
  };
}

/** The client does not take credentials from a URL. The servers of a cluster share them. */
function credentialsOf(url: URL | undefined): { user?: string; pass?: string; token?: string } {
  if (url === undefined || url.username === '') return {};
  const user = decodeURIComponent(url.username);
  return url.password === '' ? { token: user } : { user, pass: decodeURIComponent(url.password) };
}
