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
  return services.flatMap((service) =>
    sitesOf(service.labels).flatMap((site) => new SiteReader(service, names, find).read(site)),
  );
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

/** What holds where a `reverse_proxy` stands. */
interface Scope {
  readonly matcher: Matcher | undefined;
  readonly filters: readonly RouteFilter[];
}

/** A `reverse_proxy`, with what holds for it. */
interface Target extends Scope {
  readonly service: string;
  readonly port: number | undefined;
  readonly scheme: ProxyRoute['scheme'];
}

class SiteReader {
  readonly #service: LabelledService;
  readonly #names: ReadonlySet<string>;
  readonly #find: Find;

  constructor(service: LabelledService, names: ReadonlySet<string>, find: Find) {
    this.#service = service;
    this.#names = names;
    this.#find = find;
  }

  read(site: Directive): readonly ProxyRoute[] {
    if (site.args === '') {
      this.#global(site);
      return [];
    }
    const addresses = this.#addresses(site);
    if (addresses.length === 0) return [];
    const targets = this.#targets(site.inner, { matcher: undefined, filters: [] });
    if (targets.length === 0) this.#refuse(site, 'it has no reverse_proxy that can be read');
    return addresses.flatMap((address) => targets.flatMap((target) => this.#routes(site, address, target)));
  }

  /** Without an address they are options of Caddy itself. */
  #global(site: Directive): void {
    for (const option of site.inner) this.#notCarried(option, option.name);
  }

  #addresses(site: Directive): readonly Address[] {
    return site.args
      .split(/[\s,]+/)
      .filter((text) => text !== '')
      .flatMap((text) => {
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
  #targets(directives: readonly Directive[], around: Scope): readonly Target[] {
    const filters = [...around.filters, ...directives.flatMap((directive) => this.#filters(directive))];
    const scope: Scope = { ...around, filters };
    return directives.flatMap((directive) => {
      if (BLOCKS.has(directive.name)) return this.#block(directive, scope);
      return directive.name === 'reverse_proxy' ? this.#proxied(directive, scope) : [];
    });
  }

  #block(block: Directive, around: Scope): readonly Target[] {
    const { name, args } = block;
    if (around.matcher !== undefined && args !== '') return this.#refuse(block, 'it names a path within a path');
    if (!isPath(args)) return this.#refuse(block, `the matcher "${args}" cannot be read`);
    const isStripping = name === 'handle_path';
    const prefix = args.replace(/\*$/, '').replace(/\/$/, '');
    const strip: RouteFilter = { kind: 'strip-prefix', prefixes: [prefix], name, path: block.first.path };
    return this.#targets(block.inner, {
      matcher: args === '' ? around.matcher : pathMatcher(args),
      filters: isStripping && prefix !== '' ? [...around.filters, strip] : around.filters,
    });
  }

  #proxied(directive: Directive, scope: Scope): readonly Target[] {
    const words: readonly string[] = directive.args.match(/\{\{[^}]*\}\}|\S+/g) ?? [];
    const [first = ''] = words;
    const own = words.length > 1 && /^[/*@]/.test(first) ? first : undefined;
    if (own !== undefined && (scope.matcher !== undefined || !isPath(own))) {
      return this.#refuse(directive, `the matcher "${own}" cannot be read`);
    }
    const matcher = own === undefined ? scope.matcher : pathMatcher(own);
    const upstream = this.#upstream(directive, own === undefined ? words : words.slice(1));
    return upstream === undefined ? [] : [{ ...scope, ...upstream, matcher }];
  }

  #upstream(directive: Directive, words: readonly string[]): Omit<Target, keyof Scope> | undefined {
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
