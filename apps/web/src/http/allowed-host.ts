const hostNameOf = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

/**
 * Whether a request may be served: its Host is listed, and its Origin, where sent, is that same host.
 * The gateway sees a rewritten Host, so a page of another site that resolves to loopback has to be refused here.
 */
export function isAllowedRequest(host: string | null, origin: string | null, allowedHosts: readonly string[]): boolean {
  if (host === null || host === '') return false;
  if (!allowedHosts.includes(hostNameOf(host))) return false;
  return origin === null || hostOfOrigin(origin) === host.toLowerCase();
}

function hostOfOrigin(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
