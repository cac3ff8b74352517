import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressPolicy } from './address-policy.ts';

export type ResolvedHost =
  /** Connect to these addresses and no others; the name stays for TLS. */
  | { readonly kind: 'allowed'; readonly addresses: readonly string[] }
  | { readonly kind: 'forbidden'; readonly reason: string }
  | { readonly kind: 'unresolved' };

export type Lookup = (host: string) => Promise<readonly string[]>;

const LOOKUP_MS = 5_000;
/** As many are handed out; all are judged. */
const ADDRESSES_MAX = 8;

const systemLookup: Lookup = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/** Resolves a host and judges every address: one forbidden address refuses the name. */
export async function resolveHost(
  { host, port }: { readonly host: string; readonly port: number },
  policy: AddressPolicy,
  look: Lookup = systemLookup,
): Promise<ResolvedHost> {
  const addresses = isIP(host) === 0 ? await namedAddresses(host, look) : [host];
  const verdicts = addresses.map((address) => policy.judge(address, port));
  const bad = verdicts.find((verdict) => !verdict.allowed);
  if (bad !== undefined && !bad.allowed) return { kind: 'forbidden', reason: bad.reason };
  if (addresses.length === 0) return { kind: 'unresolved' };
  return { kind: 'allowed', addresses: [...new Set(addresses)].slice(0, ADDRESSES_MAX) };
}

/** The same for the host of a URL of HTTP. */
export function resolveServer(server: string, policy: AddressPolicy, look?: Lookup): Promise<ResolvedHost> {
  return resolveHost(hostOf(new URL(server)), policy, look);
}

/** Host and port of a URL. Its parser has turned decimal, octal and hexadecimal spellings into dotted form. */
export function hostOf({ hostname, port, protocol }: URL): { readonly host: string; readonly port: number } {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return { host, port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port) };
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
