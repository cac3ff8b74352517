import { jsonPointer } from '@ushadow/compose';
import type { Matcher } from '../condition.ts';
import type { Entry, LabelledService } from '../labelled-service.ts';
import type { DockerProxy } from '../proxies/docker-proxies.ts';
import type { Find } from '../proxy-reading.ts';
import type { ProxyRoute } from '../proxy-route.ts';
import type { RouteFilter } from '../route-filter.ts';
import { hostProblem, plainHost } from '../rule/host-name.ts';
import type { Site } from '../site.ts';
import { routesOfSite } from '../site.ts';
import { portOf } from '../traefik/values.ts';

const SCHEMES = new Map<string, ProxyRoute['scheme']>([
  ['http', 'http'],
  ['https', 'https'],
  ['grpc', 'h2c'],
]);

const PLAIN = new Map<string, Site['plain'] | 'only'>([
  ['redirect', 'redirect'],
  ['noredirect', 'serve'],
  ['nohttp', 'nothing'],
  ['nohttps', 'only'],
]);

/** What changes an answer, but not where it comes from. */
const NOT_CARRIED = new Set(['CERT_NAME', 'SSL_POLICY', 'HSTS', 'VIRTUAL_ROOT', 'SERVER_TOKENS']);

/** The routes that nginx-proxy and its companion for certificates would read from variables. */
export function readNginxProxy(
  services: readonly LabelledService[],
  proxies: readonly DockerProxy[],
  find: Find,
): readonly ProxyRoute[] {
  const guards = proxies.flatMap(({ service, kind }) => (kind === 'nginx-proxy' ? passwordFiles(service) : []));
  return services.flatMap((service) => routesOf(service, guards, find));
}

/** Hosts that have a file there ask for a password; which ones is not said, and without it everybody would come in. */
function passwordFiles({ name, mountedAt }: LabelledService): readonly RouteFilter[] {
  if (!mountedAt.some((at) => /^\/etc\/nginx\/htpasswd(?:\/|$)/.test(at))) return [];
  return [{ kind: 'other', type: 'htpasswd', name: 'htpasswd', path: jsonPointer(['services', name]) }];
}

function routesOf(service: LabelledService, guards: readonly RouteFilter[], find: Find): readonly ProxyRoute[] {
  const variables = new Map(service.environment.map((entry) => [entry.key, entry]));
  const multi = variables.get('VIRTUAL_HOST_MULTIPORTS');
  if (multi !== undefined) find({ code: 'CMP1431', path: multi.path, params: { service: service.name } });
  const said = variables.get('VIRTUAL_HOST');
  // With both, nginx-proxy heeds the former alone.
  if (said === undefined || said.value.trim() === '' || multi !== undefined) return [];
  const asked = askedOf(service, variables, find);
  if (asked === undefined) return [];
  for (const { key: variable, path } of service.environment) {
    if (NOT_CARRIED.has(variable)) find({ code: 'CMP1433', path, params: { service: service.name, variable } });
  }
  return hostsOf(service, said, find).flatMap((host) => {
    const site = siteOf(service, said, host, asked);
    return routesOfSite({ ...site, filters: [...guards, ...site.filters] });
  });
}

/** What its variables ask for, for each host. */
interface Asked {
  readonly port: number | undefined;
  readonly scheme: ProxyRoute['scheme'];
  readonly matcher: Matcher | undefined;
  readonly filters: readonly RouteFilter[];
  readonly certified: ReadonlySet<string>;
  readonly plain: Site['plain'] | 'only';
}

function askedOf(service: LabelledService, variables: ReadonlyMap<string, Entry>, find: Find): Asked | undefined {
  const wrong = (variable: string, expected: string): undefined => {
    const path = variables.get(variable)?.path ?? '';
    find({ code: 'CMP1432', path, params: { service: service.name, variable, expected } });
  };
  const value = (variable: string): string => variables.get(variable)?.value.trim() ?? '';
  const port = portOf(value('VIRTUAL_PORT'));
  if (value('VIRTUAL_PORT') !== '' && port === undefined) return wrong('VIRTUAL_PORT', 'a port from 1 to 65535');
  const scheme = SCHEMES.get(value('VIRTUAL_PROTO').toLowerCase() || 'http');
  if (scheme === undefined) return wrong('VIRTUAL_PROTO', 'http, https or grpc');
  const plain = PLAIN.get(value('HTTPS_METHOD').toLowerCase() || 'redirect');
  if (plain === undefined) return wrong('HTTPS_METHOD', 'redirect, noredirect, nohttp or nohttps');
  const path = value('VIRTUAL_PATH') || '/';
  if (!/^\/[^\s{};]*$/.test(path)) return wrong('VIRTUAL_PATH', 'a path that begins with /');
  const destination = value('VIRTUAL_DEST');
  if (!/^(?:\/[^\s{};]*)?$/.test(destination)) return wrong('VIRTUAL_DEST', 'a path that begins with /');
  return {
    port,
    scheme,
    matcher: path === '/' ? undefined : { kind: 'path-prefix', value: path },
    filters: [...access(variables), ...rewrites(path, destination, variables.get('VIRTUAL_DEST')?.path ?? '')],
    certified: new Set(items(value('LETSENCRYPT_HOST')).map(plainHost)),
    plain,
  };
}

/** Addresses from outside are kept out: without it they would come in. */
function access(variables: ReadonlyMap<string, Entry>): readonly RouteFilter[] {
  const said = variables.get('NETWORK_ACCESS');
  if (said?.value !== 'internal') return [];
  return [{ kind: 'other', type: 'NETWORK_ACCESS', name: said.key, path: said.path }];
}

/** The path is replaced by the destination, where there is one. */
function rewrites(path: string, destination: string, at: string): readonly RouteFilter[] {
  if (destination === '' || destination === path) return [];
  const from = path.replace(/\/$/, '');
  const to = destination.replace(/\/$/, '');
  const origin = { name: 'VIRTUAL_DEST', path: at };
  const strip: RouteFilter = { kind: 'strip-prefix', prefixes: [from], ...origin };
  const add: RouteFilter = { kind: 'add-prefix', prefix: to, ...origin };
  return [...(from === '' ? [] : [strip]), ...(to === '' ? [] : [add])];
}

/** Wildcards of nginx take any number of labels, which no route says; regular expressions begin with `~`. */
function hostsOf(service: LabelledService, { value, path }: Entry, find: Find): readonly string[] {
  const hosts = items(value).filter((host) => {
    const isPlain = !host.includes('*') && hostProblem(host) === undefined;
    if (!isPlain) find({ code: 'CMP1430', path, params: { service: service.name, host } });
    return isPlain;
  });
  return [...new Set(hosts.map(plainHost))];
}

function siteOf(service: LabelledService, said: Entry, host: string, asked: Asked): Site {
  const { port, scheme, matcher, filters, certified, plain } = asked;
  const isCertified = certified.has(host) && plain !== 'only';
  return {
    from: 'nginx-proxy',
    service: service.name,
    said,
    host,
    matcher,
    filters,
    port,
    scheme,
    tls: isCertified ? { resolver: 'letsencrypt', hosts: [host] } : undefined,
    plain: plain === 'only' ? 'nothing' : plain,
  };
}

function items(text: string): readonly string[] {
  return text.split(',').flatMap((item) => (item.trim() === '' ? [] : [item.trim()]));
}
