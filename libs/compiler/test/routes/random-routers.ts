import fc from 'fast-check';
import type { ProxyRoute, RequestHead } from '@ushadow/proxy-labels';
import { readProxyLabels } from '@ushadow/proxy-labels';
import type { CompileResult } from '../../src/compile-result.ts';

/** A router of Traefik, for a service of its own: `r0` for `s0`. */
export interface Router {
  readonly rule: string;
  readonly priority: number | undefined;
}

/** Few hosts and paths, so that rules overlap and requests meet them. */
export const HOSTS = ['a.org', 'b.org', 'x.a.org', 'y.x.a.org'] as const;
const PATHS = ['/', '/a', '/a/', '/a/b', '/ab'] as const;
const any = fc.constantFrom;

const HOST = any(...HOSTS, '*.a.org').map((host) => `Host(\`${host}\`)`);
const PART = fc.oneof(
  { weight: 5, arbitrary: HOST },
  {
    weight: 5,
    arbitrary: fc
      .record({ name: any('Path', 'PathPrefix'), path: any(...PATHS) })
      .map(({ name, path }) => `${name}(\`${path}\`)`),
  },
  { weight: 1, arbitrary: any('GET', 'POST').map((method) => `Method(\`${method}\`)`) },
  { weight: 1, arbitrary: any('1', '2').map((value) => `Header(\`X-K\`, \`${value}\`)`) },
  { weight: 1, arbitrary: any('1', '2').map((value) => `Query(\`q\`, \`${value}\`)`) },
  {
    weight: 1,
    arbitrary: any('HostRegexp(`.+`)', 'PathRegexp(`^/a`)', 'ClientIP(`10.0.0.0/8`)', '!Method(`GET`)'),
  },
);
const ANDS = fc.array(PART, { minLength: 1, maxLength: 3 });
const ANDS_OF_HOSTS = fc.tuple(HOST, fc.array(PART, { maxLength: 2 })).map(([host, others]) => [host, ...others]);

function routersOf(ands: fc.Arbitrary<string[]>): fc.Arbitrary<Router[]> {
  const rule = fc
    .array(ands, { minLength: 1, maxLength: 2 })
    .map((ors) => ors.map((parts) => `(${parts.join(' && ')})`).join(' || '));
  const priority = fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 6 });
  return fc.array(fc.record({ rule, priority }), { minLength: 1, maxLength: 4 });
}

export const ROUTERS = routersOf(ANDS);
/** Those that take no host but their own. */
export const ROUTERS_OF_HOSTS = routersOf(ANDS_OF_HOSTS);

export const REQUEST: fc.Arbitrary<RequestHead> = fc.record({
  host: any(...HOSTS),
  path: any('/', '/a', '/a/', '/a/b', '/a/b/c', '/ab', '/c'),
  method: any('GET', 'POST'),
  headers: any<Record<string, string>[]>({}, { 'X-K': '1' }, { 'x-k': '2' }),
  query: any<Record<string, string>[]>({}, { q: '1' }, { q: '2' }),
  clientIp: fc.constant('127.0.0.1'),
});

/** The services of the routers, as a Compose file has them. */
export function servicesWith(routers: readonly Router[]) {
  return Object.fromEntries(
    routers.map(({ rule, priority }, index) => [
      `s${index}`,
      {
        expose: ['8000'],
        labels: {
          [`traefik.http.routers.r${index}.rule`]: rule,
          ...(priority === undefined ? {} : { [`traefik.http.routers.r${index}.priority`]: String(priority) }),
        },
      },
    ]),
  );
}

export function routesWith(routers: readonly Router[]): readonly ProxyRoute[] {
  const services = Object.entries(servicesWith(routers)).map(([name, { labels }]) => ({
    name,
    image: 'app',
    command: [],
    labels: Object.entries(labels).map(([key, value]) => ({ key, value, path: `/services/${name}/labels/${key}` })),
    environment: [],
    mounts: [],
    mountedAt: [],
    ports: [],
  }));
  return readProxyLabels(services).routes;
}

/** What may be said of the route that a proxy would choose, and of the one that the cluster does. */
const OF_WANTED = /^CMP14(11|51|55|57|58|63|67|68)$/;
const OF_TAKEN = /^CMP14(11|55|57|58|63|68)$/;

/** Codes of the findings that say why a request for the routers `wanted` goes to the services `taken`. */
export function whyElsewhere(
  { diagnostics }: CompileResult,
  wanted: readonly (string | undefined)[],
  taken: readonly (string | undefined)[],
): readonly string[] {
  const codesOf = (router: string): readonly string[] =>
    diagnostics.filter(({ message }) => message.includes(`"${router}"`)).map(({ code }) => code);
  const codes = (routers: readonly (string | undefined)[], which: RegExp): readonly string[] =>
    routers
      .filter((router) => router !== undefined)
      .flatMap(codesOf)
      .filter((code) => which.test(code));
  return [...codes(wanted, OF_WANTED), ...codes(taken, OF_TAKEN)];
}

/** The router of a service, of which each has one. */
export function routerOf(service: string | undefined): string | undefined {
  return service?.replace(/^s/, 'r');
}
