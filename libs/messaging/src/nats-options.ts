import type { NatsOptions } from '@nestjs/microservices';
import { nkeyAuthenticator } from '@nats-io/transport-node';
import { inboxPrefix } from '@ushadow/contracts';
import type { BusOptions } from './bus-identity.ts';
import { urlsOf } from './bus-config.ts';

/** A server that wants a client certificate says nothing to who has none. */
const CONNECT_MS = 5_000;

export type ConnectOptions = NonNullable<NatsOptions['options']>;

/** Connection options of both directions: reconnect for ever, and finish what is under way when the process ends. */
export function natsOptions(options: Pick<BusOptions, 'url' | 'tls'>, user: string, nkeySeed: string): ConnectOptions {
  const urls = urlsOf(options.url) ?? [];
  const isTls = urls.some(({ protocol }) => protocol === 'tls:') || options.tls !== undefined;
  return {
    servers: urls.map(({ host }) => host),
    ...credentials(urls[0], nkeySeed),
    // With these a server that offers no TLS is refused; without, the client would go on in clear.
    ...(isTls ? { tls: { ...options.tls } } : {}),
    name: user,
    inboxPrefix: inboxPrefix(user),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    timeout: CONNECT_MS,
    // A server whose configuration is older than a key may be given a newer one at any time.
    ...{ ignoreAuthErrorAbort: true },
    gracefulShutdown: true,
    gracePeriod: 500,
    pingInterval: 10_000,
  };
}

/** A user's key, unless the URL names somebody else: for looking in from outside, as tests and operators do. */
export function credentials(
  url: URL | undefined,
  nkeySeed: string,
): Pick<ConnectOptions, 'user' | 'pass' | 'authenticator'> {
  if (url === undefined || url.username === '')
    return { authenticator: nkeyAuthenticator(new TextEncoder().encode(nkeySeed)) };
  return { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
}
