import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { ClusterConnection } from '../connection.ts';
import type { ServerAddresses } from './server-addresses.ts';

/** Where a server has several addresses, a dead one takes this part of the time there is to connect. */
const SHARE_OF_ONE = 0.5;

export interface DialOptions {
  /** Where the server is reached, beside the name that stands in its URL. */
  readonly addresses: ServerAddresses;
  readonly connectTimeoutMs: number;
  /** Offer HTTP/2, or HTTP/1.1 alone. */
  readonly http2: boolean;
}

/** What is dialled, as the HTTP client says it; a URL without user and path. */
export type Target = Parameters<buildConnector.connector>[0];
export type Dial = (target: Target) => Promise<Socket>;

/** TLS connections to one API server: to addresses that passed the policy alone, with its name, its authorities and our credential. */
export function dialler(connection: ClusterConnection, options: DialOptions): Dial {
  const { caData, tlsServerName, auth } = connection;
  const { addresses } = options;
  const host = new URL(connection.server).hostname.replace(/^\[|\]$/g, '');
  const serverName = tlsServerName ?? (isIP(host) === 0 ? host : undefined);
  const connect = buildConnector({
    allowH2: options.http2,
    timeout: options.connectTimeoutMs * (addresses.inOrder.length > 1 ? SHARE_OF_ONE : 1),
    rejectUnauthorized: true,
    ...(caData === undefined ? {} : { ca: decode(caData) }),
    ...('token' in auth ? {} : { cert: decode(auth.clientCertificateData), key: decode(auth.clientKeyData) }),
  });
  const connectTo = (target: Target, address: string | undefined): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const place = address === undefined ? {} : { hostname: address };
      const name = serverName === undefined ? {} : { servername: serverName };
      connect({ ...target, ...place, ...name }, (error, socket) => (error === null ? resolve(socket) : reject(error)));
    });
  return (target) => firstThatAnswers(addresses, (address) => connectTo(target, address));
}

/** Tries each address once, and those that are asked for anew when none has answered. Throws the last one's error. */
async function firstThatAnswers<T>(
  addresses: ServerAddresses,
  attempt: (address: string | undefined) => Promise<T>,
): Promise<T> {
  if (addresses.inOrder.length === 0) return attempt(undefined);
  const tried = new Set<string>();
  let failure: unknown;
  for (const candidates of [() => addresses.inOrder, () => addresses.askAgain()]) {
    for (const address of await candidates()) {
      if (tried.has(address)) continue;
      tried.add(address);
      try {
        const answer = await attempt(address);
        addresses.answered(address);
        return answer;
      } catch (error) {
        failure = error;
      }
    }
  }
  throw failure;
}

function decode(data: string): string {
  return Buffer.from(data, 'base64').toString('utf8');
}
