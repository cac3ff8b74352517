export interface AskedSite {
  readonly host: string | null;
  readonly origin: string | null;
  /** `http` or `https`, as the browser sees it. */
  readonly scheme: string;
}

export interface ServedSites {
  readonly hosts: readonly string[];
  /** Origins of pages that may ask; unless given, the page's own. */
  readonly origins?: readonly string[] | undefined;
}

const hostNameOf = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

/**
 * Whether a request may be served: its Host is listed, and its Origin, where sent, is the page's own with scheme and port.
 * The gateway sees a rewritten Host, so a page of another site that resolves to loopback has to be refused here.
 */
export function isAllowedRequest({ host, origin, scheme }: AskedSite, { hosts, origins }: ServedSites): boolean {
  if (host === null || host === '') return false;
  if (!hosts.includes(hostNameOf(host))) return false;
  if (origin === null) return true;
  const spelled = normalized(origin);
  return spelled !== null && (origins ?? [`${scheme}://${host}`]).some((each) => normalized(each) === spelled);
}

/** As browsers spell an origin, without a port that the scheme implies. */
function normalized(origin: string): string | null {
  const spelled = URL.canParse(origin) ? new URL(origin).origin : 'null';
  return spelled === 'null' ? null : spelled;
}
