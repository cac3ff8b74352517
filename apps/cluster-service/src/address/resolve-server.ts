import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressPolicy } from './address-policy.ts';

export type ResolvedServer =
  /** Connect to these addresses and no others; the name stays for TLS. */
  | { readonly kind: 'allowed'; readonly addresses: readonly string[] }
  | { readonly kind: 'forbidden'; readonly reason: string }
  | { readonly kind: 'unresolved' };

export type Lookup = (host: string) => Promise<readonly string[]>;

const LOOKUP_MS = 5_000;
/** As many are handed out; all are judged. */
const ADDRESSES_MAX = 8;

const systemLookup: Lookup = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/** Resolves an API server's host and judges every address: one forbidden address refuses the name. */
export async function resolveServer(
  server: string,
  policy: AddressPolicy,
  look: Lookup = systemLookup,
): Promise<ResolvedServer> {
  const url = new URL(server);
  // The URL parser has turned decimal, octal and hexadecimal spellings into dotted form.
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const addresses = isIP(host) === 0 ? await namedAddresses(host, look) : [host];
  const port = url.port === '' ? 443 : Number(url.port);
  const verdicts = addresses.map((address) => policy.judge(address, port));
  const bad = verdicts.find((verdict) => !verdict.allowed);
  if (bad !== undefined && !bad.allowed) return { kind: 'forbidden', reason: bad.reason };
  if (addresses.length === 0) return { kind: 'unresolved' };
  return { kind: 'allowed', addresses: [...new Set(addresses)].slice(0, ADDRESSES_MAX) };
}

async function namedAddresses(host: string, look: Lookup): Promise<readonly string[]> {
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  const timer = setTimeout(() => resolve([]), LOOKUP_MS);
  try {
    return await Promise.race([look(host), promise]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}
