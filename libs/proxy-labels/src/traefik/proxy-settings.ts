import { jsonPointer } from '@ushadow/compose';
import type { LabelledService } from '../labelled-service.ts';
import { imageTag } from '../proxies/docker-proxies.ts';
import type { Find } from '../proxy-reading.ts';
import type { RouteTls } from '../proxy-route.ts';
import type { RuleSyntax } from '../rule/matcher-of.ts';
import { flagOf, portOf } from './values.ts';

/** What the Traefik of the project says for all routes. */
export interface ProxySettings {
  readonly exposedByDefault: boolean;
  readonly syntax: RuleSyntax;
  readonly entryPoints: ReadonlyMap<string, EntryPoint>;
}

export interface EntryPoint {
  readonly name: string;
  /** For routers that say nothing of TLS. */
  readonly tls: RouteTls | undefined;
  /** To HTTPS, for all that comes in here. */
  readonly redirect: Redirect | undefined;
  /** Before those of the router. */
  readonly middlewares: readonly string[];
  readonly port: number | undefined;
  /** It is at a port of its own, not where everybody comes in. */
  readonly isAside: boolean;
}

export interface Redirect {
  readonly scheme: string;
  readonly port: number | undefined;
  readonly permanent: boolean;
  readonly path: string;
}

/** From arguments and variables; what a file of its own says is not here. */
export function proxySettings(proxies: readonly LabelledService[], find: Find): ProxySettings {
  const options: Options = new Map(proxies.flatMap((proxy) => [...optionsOf(proxy)]));
  for (const proxy of proxies) sayUnread(proxy, find);
  const isHidden = (provider: string): boolean =>
    flagOf(options.get(`providers.${provider}.exposedbydefault`)?.value) === false;
  return {
    exposedByDefault: !isHidden('docker') && !isHidden('swarm'),
    syntax: syntaxOf(options.get('core.defaultrulesyntax')?.value, proxies),
    entryPoints: entryPointsOf(options, proxies),
  };
}

interface Option {
  readonly value: string;
  readonly path: string;
}
type Options = ReadonlyMap<string, Option>;

/** By their names in lower case, with dots. */
function optionsOf({ name, command, environment }: LabelledService): Options {
  const path = jsonPointer(['services', name, 'command']);
  const options = new Map<string, Option>();
  for (const { key, value, path: at } of environment) {
    const option = /^TRAEFIK_(.+)/.exec(key)?.[1];
    if (option !== undefined) options.set(option.toLowerCase().replaceAll('_', '.'), { value, path: at });
  }
  for (const word of command) {
    const [, option, value = 'true'] = /^--?([^=\s]+)(?:=([^]*))?$/.exec(word) ?? [];
    if (option !== undefined) options.set(option.toLowerCase(), { value, path });
  }
  return options;
}

/** Which services a proxy takes by labels of its own choice, and files in which it has more settings and routes. */
function sayUnread(proxy: LabelledService, find: Find): void {
  const service = proxy.name;
  for (const [setting, { path }] of optionsOf(proxy)) {
    if (
      /^(?:providers\.(?:docker|swarm)\.constraints|providers\.file\.(?:directory|filename)|configfile)$/.test(setting)
    )
      find({ code: 'CMP1442', path, params: { service, setting } });
  }
  const file = proxy.mounts.find((source) => /(?:^|\/)traefik\.(?:ya?ml|toml)$/.test(source));
  const path = jsonPointer(['services', service]);
  if (file !== undefined)
    find({ code: 'CMP1442', path, params: { service, setting: file.slice(file.lastIndexOf('/') + 1) } });
}

function syntaxOf(said: string | undefined, proxies: readonly LabelledService[]): RuleSyntax {
  if (said === 'v2' || said === 'v3') return said;
  const majors = new Set(proxies.map(({ image }) => /^v?(\d+)/.exec(imageTag(image))?.[1]));
  if (majors.size !== 1) return 'any';
  if (majors.has('2')) return 'v2';
  return majors.has('3') ? 'v3' : 'any';
}

function entryPointsOf(options: Options, proxies: readonly LabelledService[]): ReadonlyMap<string, EntryPoint> {
  const groups = new Map<string, Map<string, Option>>();
  for (const [name, option] of options) {
    const [, entryPoint, rest] = /^entrypoints\.([^.]+)\.(.+)$/.exec(name) ?? [];
    if (entryPoint === undefined || rest === undefined) continue;
    const group = groups.get(entryPoint) ?? new Map<string, Option>();
    groups.set(entryPoint, group.set(rest, option));
  }
  return new Map(
    [...groups].map(([name, own]) => [
      name,
      {
        name,
        tls: tlsOf(own),
        redirect: redirectOf(own, groups),
        middlewares: items(own.get('http.middlewares')?.value),
        port: portAt(own.get('address')?.value),
        isAside: isAside(portAt(own.get('address')?.value), proxies),
      },
    ]),
  );
}

const USUAL = new Set([80, 443]);

/** As in `:5432` and `0.0.0.0:53/udp`. */
function portAt(address: string | undefined): number | undefined {
  return portOf(/:(\d+)(?:\/\w+)?$/.exec(address ?? '')?.[1]);
}

function isAside(port: number | undefined, proxies: readonly LabelledService[]): boolean {
  if (port === undefined || USUAL.has(port)) return false;
  return !proxies.some(({ ports }) => ports.some((each) => each.container === port && USUAL.has(each.published)));
}

function tlsOf(own: Options): RouteTls | undefined {
  if (![...own.keys()].some((key) => /^http\.tls(?:\.|$)/.test(key))) return undefined;
  if (flagOf(own.get('http.tls')?.value) === false) return undefined;
  const domains = [...own].filter(([key]) => key.startsWith('http.tls.domains['));
  return {
    resolver: own.get('http.tls.certresolver')?.value,
    hosts: domains.flatMap(([, { value }]) => items(value)),
  };
}

function redirectOf(own: Options, groups: ReadonlyMap<string, Options>): Redirect | undefined {
  const redirection = 'http.redirections.entrypoint';
  const to = own.get(`${redirection}.to`);
  if (to === undefined) return undefined;
  const { value, path } = to;
  const address = value.startsWith(':') ? value : (groups.get(value.toLowerCase())?.get('address')?.value ?? ':443');
  const scheme = own.get(`${redirection}.scheme`)?.value ?? 'https';
  const port = portAt(address);
  return {
    scheme,
    port: port === (scheme === 'https' ? 443 : 80) ? undefined : port,
    permanent: flagOf(own.get(`${redirection}.permanent`)?.value) !== false,
    path,
  };
}

function items(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').flatMap((item) => (item.trim() === '' ? [] : [item.trim()]));
}
