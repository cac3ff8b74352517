import type { Matcher } from '../condition.ts';
import type { LabelledService } from '../labelled-service.ts';
import type { Find } from '../proxy-reading.ts';
import type { ProxyRoute } from '../proxy-route.ts';
import type { RouteFilter } from '../route-filter.ts';
import { routesOfSite } from '../site.ts';
import type { Address } from './address.ts';
import { addressOf } from './address.ts';
import type { Directive } from './directive.ts';
import { sitesOf } from './directive.ts';
import { pathMatcher } from './path-matcher.ts';
import { upstreamOf } from './upstream.ts';

/** The routes that caddy-docker-proxy would read from labels. */
export function readCaddy(services: readonly LabelledService[], find: Find): readonly ProxyRoute[] {
  const names = new Set(services.map(({ name }) => name));
  const sites = services.flatMap((service) =>
    sitesOf(service.labels).map((site) => ({ site, reader: new SiteReader(service, names, find), key: keyOf(site) })),
  );
  const same = new Map<string, typeof sites>();
  for (const each of sites) {
    const group = same.get(each.key);
    if (group === undefined) same.set(each.key, [each]);
    else group.push(each);
  }
  const shared = new Map(
    [...same].filter(([, group]) => group.length > 1).map(([key, group]) => [key, sharedFilters(group)]),
  );
  return sites.flatMap(({ site, reader, key }) =>
    reader.read(
      site,
      (shared.get(key) ?? []).flatMap((each) => (each.site === site ? [] : [each.filter])),
    ),
  );
}

/** Of each kind and name one: what cannot be carried over is said of it, and routes must not outgrow their labels. */
function sharedFilters(
  group: readonly { readonly site: Directive; readonly reader: SiteReader }[],
): readonly { readonly site: Directive; readonly filter: RouteFilter }[] {
  const all = group.flatMap(({ site, reader }) => reader.filtersOf(site).map((filter) => ({ site, filter })));
  const distinct = new Map(all.map((each) => [`${each.filter.kind} ${each.filter.name}`, each]));
  return [...distinct.values()].slice(0, SHARED_MAX);
}

const SHARED_MAX = 64;

/** Sites with the same addresses are one, whichever services say it. */
function keyOf({ args, first }: Directive): string {
  return args === '' ? first.path : JSON.stringify(wordsOf(args).sort());
}

function wordsOf(args: string): string[] {
  return args.split(/[\s,]+/).filter((text) => text !== '');
}

/** They change an answer, but not who gets it. */
const HARMLESS = new Set([
  'encode',
  'log',
  'log_append',
  'log_skip',
  'log_name',
  'header',
  'tracing',
  'metrics',
  'bind',
]);
const BLOCKS = new Set(['handle', 'handle_path', 'route']);
const BASIC_AUTH = new Set(['basic_auth', 'basicauth']);

/** Where a `reverse_proxy` leads to. */
interface Upstreamed {
  readonly service: string;
  readonly port: number | undefined;
  readonly scheme: ProxyRoute['scheme'];
}

/** With what holds for it. */
interface Target extends Upstreamed {
  readonly matcher: Matcher | undefined;
  readonly filters: readonly RouteFilter[];
}

/** Of a site or a block. */
interface Content {
  /** What holds for all of it. */
  readonly filters: readonly RouteFilter[];
  readonly targets: readonly Target[];
}

class SiteReader {
  readonly #service: LabelledService;
  readonly #names: ReadonlySet<string>;
  readonly #find: Find;
  readonly #contents = new Map<Directive, Content>();

  constructor(service: LabelledService, names: ReadonlySet<string>, find: Find) {
    this.#service = service;
    this.#names = names;
    this.#find = find;
  }

  /** `filters`: of other sites with the same addresses. */
  read(site: Directive, filters: readonly RouteFilter[]): readonly ProxyRoute[] {
    if (site.args === '') {
      this.#global(site);
      return [];
    }
    const addresses = this.#addresses(site);
    if (addresses.length === 0) return [];
    const targets = this.#contentOf(site).targets.map((target) => ({
      ...target,
      filters: [...filters, ...target.filters],
    }));
    if (targets.length === 0) this.#refuse(site, 'it has no reverse_proxy that can be read');
    return addresses.flatMap((address) => targets.flatMap((target) => this.#routes(site, address, target)));
  }

  /** What holds for the whole site. */
  filtersOf(site: Directive): readonly RouteFilter[] {
    return site.args === '' ? [] : this.#contentOf(site).filters;
  }

  /** Read once: what is found in it is said once. */
  #contentOf(site: Directive): Content {
    const content = this.#contents.get(site) ?? this.#content(site.inner, undefined);
    this.#contents.set(site, content);
    return content;
  }

  /** Without an address they are options of Caddy itself. */
  #global(site: Directive): void {
    for (const option of site.inner) this.#notCarried(option, option.name);
  }

  #addresses(site: Directive): readonly Address[] {
    return wordsOf(site.args).flatMap((text) => {
      const address = addressOf(text);
      if (typeof address !== 'string') return [address];
      const params = { service: this.#service.name, address: text, reason: address };
      this.#find({ code: 'CMP1425', path: site.first.path, params });
      return [];
    });
  }

  #routes(site: Directive, address: Address, target: Target): readonly ProxyRoute[] {
    const { host } = address;
    const matcher = target.matcher ?? address.matcher;
    if (target.matcher !== undefined && address.matcher !== undefined) {
      this.#refuse(site, 'its address and its directives both name paths');
      return [];
    }
    const isPlain = address.isPlain || host === undefined;
    return routesOfSite({
      ...target,
      from: 'caddy',
      said: site.first,
      host,
      matcher,
      tls: isPlain ? undefined : { resolver: undefined, hosts: [host] },
      plain: 'redirect',
    });
  }

  /** Filters hold for all targets beside them, wherever they stand. */
  #content(directives: readonly Directive[], matcher: Matcher | undefined): Content {
    const read = directives.map((directive) => {
      const { name } = directive;
      const targets = BLOCKS.has(name) ? this.#block(directive, matcher) : this.#proxied(directive, matcher);
      return { directive, targets };
    });
    const filters = read.flatMap(({ directive, targets }) => [
      ...this.#filters(directive),
      ...(BLOCKS.has(directive.name) && targets.length === 0 ? this.#heldBack(directive) : []),
    ]);
    const targets = read.flatMap((each) => each.targets);
    return { filters, targets: targets.map((target) => ({ ...target, filters: [...filters, ...target.filters] })) };
  }

  /** What a block answers itself reaches no service: without it, its requests would reach those beside it. */
  #heldBack(block: Directive): readonly RouteFilter[] {
    const { name, inner, first } = block;
    if (name === 'route' && inner.every((directive) => HARMLESS.has(directive.name))) return [];
    return [{ kind: 'other', type: name, name, path: first.path }];
  }

  #block(block: Directive, around: Matcher | undefined): readonly Target[] {
    const { name, args } = block;
    if (around !== undefined && args !== '') return this.#refuse(block, 'it names a path within a path');
    if (!isPath(args)) return this.#refuse(block, `the matcher "${args}" cannot be read`);
    const prefix = args.replace(/\*$/, '').replace(/\/$/, '');
    const { targets } = this.#content(block.inner, args === '' ? around : pathMatcher(args));
    if (name !== 'handle_path' || prefix === '') return targets;
    const strip: RouteFilter = { kind: 'strip-prefix', prefixes: [prefix], name, path: block.first.path };
    return targets.map((target) => ({ ...target, filters: [strip, ...target.filters] }));
  }

  #proxied(directive: Directive, around: Matcher | undefined): readonly Target[] {
    if (directive.name !== 'reverse_proxy') return [];
    const words: readonly string[] = directive.args.match(/\{\{[^}]*\}\}|\S+/g) ?? [];
    const [first = ''] = words;
    const own = words.length > 1 && /^[/*@]/.test(first) ? first : undefined;
    if (own !== undefined && (around !== undefined || !isPath(own))) {
      return this.#refuse(directive, `the matcher "${own}" cannot be read`);
    }
    const matcher = own === undefined ? around : pathMatcher(own);
    const upstream = this.#upstream(directive, own === undefined ? words : words.slice(1));
    return upstream === undefined ? [] : [{ ...upstream, matcher, filters: [] }];
  }

  #upstream(directive: Directive, words: readonly string[]): Upstreamed | undefined {
    const [only = ''] = words;
    const upstream = words.length === 1 ? upstreamOf(only) : undefined;
    const service = upstream?.host ?? this.#service.name;
    if (upstream === undefined) {
      this.#refuse(directive, `its upstream "${words.join(' ')}" cannot be read`);
      return undefined;
    }
    if (!this.#names.has(service)) {
      this.#refuse(directive, `"${service}" is no service of the project`);
      return undefined;
    }
    const speaksTls = this.#speaksTls(directive);
    return {
      service,
      port: upstream.port,
      scheme: speaksTls && upstream.scheme === 'http' ? 'https' : upstream.scheme,
    };
  }

  /** What else it says is not carried over. */
  #speaksTls(directive: Directive): boolean {
    let speaksTls = false;
    for (const option of directive.inner) {
      if (option.name === 'transport' && option.args === 'http') {
        speaksTls ||= option.inner.some(({ name }) => /^tls/.test(name));
      } else {
        this.#notCarried(option, `reverse_proxy.${option.name}`);
      }
    }
    return speaksTls;
  }

  /** What cannot be said otherwise stays, by its name: left out, it could let in the wrong ones. */
  #filters(directive: Directive): readonly RouteFilter[] {
    const { name, args, inner, first } = directive;
    if (BLOCKS.has(name) || name === 'reverse_proxy') return [];
    if (HARMLESS.has(name) || (name === 'tls' && inner.length === 0)) {
      if (name !== 'tls' || !/^$|@/.test(args)) this.#notCarried(directive, name);
      return [];
    }
    if (BASIC_AUTH.has(name) && args === '' && inner.every((user) => user.inner.length === 0)) {
      const users = inner.map((user) => `${user.key}:${user.args}`);
      return [
        {
          kind: 'basic-auth',
          users,
          realm: undefined,
          headerField: undefined,
          removeHeader: false,
          name,
          path: first.path,
        },
      ];
    }
    return [{ kind: 'other', type: name, name, path: first.path }];
  }

  #notCarried({ first }: Directive, directive: string): void {
    this.#find({ code: 'CMP1426', path: first.path, params: { service: this.#service.name, directive } });
  }

  #refuse({ first }: Directive, reason: string): readonly [] {
    const params = { service: this.#service.name, label: first.key, reason };
    this.#find({ code: 'CMP1427', path: first.path, params });
    return [];
  }
}

function isPath(text: string): boolean {
  return text === '' || /^[/*]\S*$/.test(text);
}
