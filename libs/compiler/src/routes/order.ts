import { groupBy } from '@ushadow/kubernetes';
import type { Route, RouteMatch } from '../model/routes.ts';

/** One host and one match of a route, which compete with others for requests. */
export interface Way {
  readonly service: string;
  readonly route: Route;
  readonly host: string | undefined;
  readonly match: RouteMatch;
  /** Over which connections requests come; undefined: both. */
  readonly over: 'http' | 'https' | undefined;
}

/** Two ways that take a request alike, of which a proxy and the cluster would choose differently. */
export interface Disagreement {
  readonly first: Way;
  readonly second: Way;
}

/** What is looked at; of more, nobody would read the findings. */
const LOOKS_MAX = 1_000_000;

/**
 * Pairs that overlap and whose order differs between the rules of a proxy, by priority, and Kubernetes, by what is more exact. Found
 * through the hosts and paths above each way, so that thousands of unlike ways cost no more than they are. `complete` is false where
 * there were too many to compare.
 */
export function disagreements(
  ways: readonly Way[],
  orderOf: Order,
): {
  readonly found: readonly Disagreement[];
  readonly complete: boolean;
} {
  const index = groupBy(ways, ({ host, match }) => keyOf(host, match.path.value));
  const known = new Set(ways.map(({ host }) => host));
  const hostsBelow = belowEach(known);
  const found: Disagreement[] = [];
  let looks = 0;
  for (const second of ways) {
    // What lies above it by path, with a host above its own, equal to it or below it: those are all that overlap.
    const above = hostsAbove(second.host);
    const below = hostsBelow.get(second.host) ?? [];
    const paths = pathsAbove(second.match.path.value);
    const hosts = [...above.filter((host) => known.has(host)), ...below];
    const others = hosts.flatMap((host) => paths.flatMap((path) => index.get(keyOf(host, path)) ?? []));
    looks += (above.length + below.length) * paths.length + others.length;
    if (looks > LOOKS_MAX) return { found, complete: false };
    for (const first of others)
      if (competes(first, second) && differs(first, second, orderOf)) found.push({ first, second });
  }
  return { found, complete: true };
}

function belowEach(
  hosts: ReadonlySet<string | undefined>,
): ReadonlyMap<string | undefined, readonly (string | undefined)[]> {
  const pairs = [...hosts].flatMap((host) =>
    hostsAbove(host)
      .filter((above) => above !== host && hosts.has(above))
      .map((above) => ({ above, host })),
  );
  const below = new Map<string | undefined, (string | undefined)[]>();
  for (const { above, host } of pairs) {
    const known = below.get(above);
    if (known === undefined) below.set(above, [host]);
    else known.push(host);
  }
  return below;
}

const keyOf = (host: string | undefined, path: string): string => `${host ?? ''} ${withoutSlash(path)}`;
const withoutSlash = (path: string): string => (path === '/' ? path : path.replace(/\/+$/, ''));

function hostsAbove(host: string | undefined): readonly (string | undefined)[] {
  if (host === undefined) return [undefined];
  const labels = host.replace(/^\*\./, '').split('.');
  const wildcards = labels.map((_, index) => `*.${labels.slice(index).join('.')}`);
  return [...new Set([host, ...wildcards, undefined])];
}

function pathsAbove(path: string): readonly string[] {
  const parts = withoutSlash(path)
    .split('/')
    .filter((part) => part !== '');
  return ['/', ...parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)];
}

/** `above` takes something that `way` takes, and something else happens to it. */
function competes(above: Way, way: Way): boolean {
  if (isSameOutcome(above, way) || isSameAddress(above, way)) return false;
  if (above.over !== undefined && way.over !== undefined && above.over !== way.over) return false;
  const [a, b] = [above.match, way.match];
  if (a.path.kind === 'exact' && a.path.value !== b.path.value) return false;
  if (a.method !== undefined && b.method !== undefined && a.method !== b.method) return false;
  return agrees(a.headers, b.headers) && agrees(a.query, b.query);
}

/** Of two services or ports: that is a finding of its own. */
function isSameAddress(a: Way, b: Way): boolean {
  const isElsewhere = a.service !== b.service || a.route.backend.port !== b.route.backend.port;
  return isElsewhere && addressOf(a) === addressOf(b);
}

export const addressOf = ({ host, match, over }: Way): string => JSON.stringify([host, match, over]);

function isSameOutcome({ route: a, service }: Way, { route: b, service: other }: Way): boolean {
  return (
    a === b || (service === other && a.backend.port === b.backend.port && a.filters.length + b.filters.length === 0)
  );
}

function agrees(left: RouteMatch['headers'], right: RouteMatch['headers']): boolean {
  return left.every(({ name, value }) => right.every((other) => other.name !== name || other.value === value));
}

/** Above 0 where `a` is tried first, below where `b` is; 0 where nobody knows. */
export type Order = (a: Way, b: Way) => number;

/** A proxy takes the higher priority. */
export const byPriority: Order = (a, b) => (a.route.router?.priority ?? 0) - (b.route.router?.priority ?? 0);

/** Traefik makes a rule of each path of an Ingress, and tries the longest text first. */
export const byLengthOfRule: Order = (a, b) => lengthOfRule(a) - lengthOfRule(b);

function lengthOfRule({ host, match: { path } }: Way): number {
  const ofPath = `${path.kind === 'exact' ? 'Path' : 'PathPrefix'}(\`${path.value}\`)`;
  if (host === undefined) return ofPath.length;
  const pattern = `^[a-zA-Z0-9-]+${host.slice(1).replaceAll('.', '\\.')}$`;
  const ofHost = host.startsWith('*.') ? `HostRegexp(\`${pattern}\`)` : `Host(\`${host}\`)`;
  return `${ofHost} && ${ofPath}`.length;
}

function differs(a: Way, b: Way, orderOf: Order): boolean {
  const order = Math.sign(orderOf(a, b));
  return order === 0 || order !== moreExact(a, b);
}

/** As Kubernetes orders them: 1 where `a` comes first, -1 where `b` does, 0 where neither. */
function moreExact(a: Way, b: Way): number {
  const [left, right] = [rank(a), rank(b)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : Math.sign((left[at] ?? 0) - (right[at] ?? 0));
}

function rank({ host, match }: Way): readonly number[] {
  const { path, method, headers, query } = match;
  return [
    host === undefined ? 0 : host.startsWith('*.') ? 1 : 2,
    host?.length ?? 0,
    path.kind === 'exact' ? 1 : 0,
    withoutSlash(path.value).length,
    method === undefined ? 0 : 1,
    headers.length,
    query.length,
  ];
}
