import type { AddressPolicy } from './address-policy.ts';
import { OutboundError } from './outbound-error.ts';
import { hostOf, resolveHost, type Lookup } from './resolve-host.ts';

/**
 * The addresses of a host that have passed the policy: the only ones to connect to, whatever its name leads to by then.
 * @throws OutboundError
 */
export async function reachHost(
  place: { readonly host: string; readonly port: number },
  policy: AddressPolicy,
  look?: Lookup,
): Promise<readonly string[]> {
  const resolved = await resolveHost(place, policy, look);
  switch (resolved.kind) {
    case 'allowed':
      return resolved.addresses;
    case 'forbidden':
      throw new OutboundError('forbidden', `${place.host} is not contacted: ${resolved.reason}`);
    case 'unresolved':
      throw new OutboundError('unresolved', `the name ${place.host} does not resolve`);
  }
}

/**
 * The same for a URL of HTTP, which may hold no credentials.
 * @throws OutboundError
 */
export async function reachUrl(
  { url: text, allowPlaintext = false }: { readonly url: string; readonly allowPlaintext?: boolean },
  policy: AddressPolicy,
  look?: Lookup,
): Promise<{ readonly url: URL; readonly addresses: readonly string[] }> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol) || url.hostname === '')
    throw new OutboundError('invalid-url', 'the address is no URL of HTTP');
  if (url.username !== '' || url.password !== '')
    throw new OutboundError('invalid-url', 'the address may hold no user and no password');
  const place = hostOf(url);
  if (url.protocol === 'http:' && !allowPlaintext)
    throw new OutboundError('plaintext', `${place.host} is not contacted without TLS; use https`);
  return { url, addresses: await reachHost(place, policy, look) };
}
