import type { CertificateIssuer } from '../compile-input.ts';
import type { AskedRoute, RouteMatch } from '../model/routes.ts';
import { EVERY_REQUEST } from '../model/routes.ts';
import type { RouteSettings } from '../model/settings.ts';
import type { PublicAddress } from './public-address.ts';

const PLAIN = {
  filters: [],
  backendScheme: 'http',
  className: undefined,
  annotations: {},
  router: undefined,
} as const;

/** The routes of a deployment specification or of kompose labels: hosts with equal paths are one. */
export function routesOfSettings(settings: RouteSettings, path: string): readonly AskedRoute[] {
  const { rules, tls, tlsSecret, className, annotations, port } = settings;
  return together(rules.map((rule) => ({ host: rule.host, match: prefix(rule.path) }))).map((part, index) => ({
    ...PLAIN,
    ...part,
    name: index === 0 ? '' : String(index + 1),
    port,
    published: true,
    tls: tls ? { secretName: tlsSecret, redirects: false } : undefined,
    className,
    annotations: annotations ?? {},
    path,
  }));
}

/** Public addresses, by HTTPS where certificates are issued. */
export function routesOfAddresses(
  addresses: readonly PublicAddress[],
  issuer: CertificateIssuer | undefined,
  path: string,
): readonly AskedRoute[] {
  return addresses.map((address, index) => ({
    ...PLAIN,
    name: index === 0 ? '' : String(index + 1),
    hosts: [address.host],
    matches: [prefix(address.path)],
    port: address.port,
    published: false,
    tls: issuer === undefined ? undefined : { secretName: undefined, redirects: true },
    filters: address.strip
      ? [{ kind: 'strip-prefix', prefixes: [address.path], implied: true, name: 'strip', path }]
      : [],
    path,
  }));
}

function prefix(value: string): RouteMatch {
  return { ...EVERY_REQUEST, path: { kind: 'prefix', value } };
}

/**
 * Hosts with the same matches are one part, any other is one of its own: a route takes each of its hosts with each of its
 * matches.
 */
export function together(
  ways: readonly { readonly host: string | undefined; readonly match: RouteMatch }[],
): readonly Pick<AskedRoute, 'hosts' | 'matches'>[] {
  const [only] = ways;
  if (only !== undefined && ways.length === 1)
    return [{ hosts: only.host === undefined ? [] : [only.host], matches: [only.match] }];
  const byHost = new Map<string | undefined, Map<string, RouteMatch>>();
  for (const { host, match } of ways) {
    const matches = byHost.get(host) ?? new Map<string, RouteMatch>();
    matches.set(JSON.stringify(match), match);
    byHost.set(host, matches);
  }
  const parts = new Map<string, { hosts: string[]; matches: readonly RouteMatch[] }>();
  for (const [host, matches] of byHost) {
    // What takes any host is no further host of those that name theirs.
    const key = JSON.stringify([host === undefined, ...[...matches.keys()].sort()]);
    const part = parts.get(key) ?? { hosts: [], matches: [...matches.values()] };
    if (host !== undefined) part.hosts.push(host);
    parts.set(key, part);
  }
  return [...parts.values()];
}
