import type { ProxyRoute } from '../proxy-route.ts';
import { portOf } from '../traefik/values.ts';

export interface Upstream {
  /** Undefined: the service that has the label. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly scheme: ProxyRoute['scheme'];
}

const SCHEMES = new Map<string, ProxyRoute['scheme']>([
  ['http', 'http'],
  ['https', 'https'],
  ['h2c', 'h2c'],
]);

/** `{{upstreams [scheme] [port]}}`, or `[scheme://]host[:port]`. */
export function upstreamOf(text: string): Upstream | undefined {
  const [whole, scheme = 'http', port] = /^\{\{\s*upstreams(?:\s+(https?|h2c))?(?:\s+(\d+))?\s*\}\}$/.exec(text) ?? [];
  if (whole !== undefined) return made(undefined, scheme, port);
  const [plain, spoken = 'http', host, at] = /^(?:(https?|h2c):\/\/)?([\w.-]+)(?::(\d+))?$/.exec(text) ?? [];
  return plain === undefined ? undefined : made(host, spoken, at);
}

function made(host: string | undefined, scheme: string, written: string | undefined): Upstream | undefined {
  const port = portOf(written);
  if (written !== undefined && port === undefined) return undefined;
  return { host, port, scheme: SCHEMES.get(scheme) ?? 'http' };
}
