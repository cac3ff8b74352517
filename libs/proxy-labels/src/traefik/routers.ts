import type { Condition } from '../condition.ts';
import type { Find } from '../proxy-reading.ts';
import type { ProxyRoute, RouteTls } from '../proxy-route.ts';
import type { RouteFilter } from '../route-filter.ts';
import { ALTERNATIVES_MAX, alternativesOf } from '../rule/alternatives.ts';
import { hostsOf } from '../rule/hosts-of.ts';
import type { RuleSyntax } from '../rule/matcher-of.ts';
import { readRule } from '../rule/read-rule.ts';
import { RuleProblem } from '../rule/rule-problem.ts';
import { takesAll } from '../rule/takes-all.ts';
import type { Backend, Unreachable } from './backends.ts';
import { backendOf, ownBackend } from './backends.ts';
import type { Definition, Definitions } from './definitions.ts';
import { listenings, unclearEntryPoint } from './entry-points.ts';
import type { Listening } from './entry-points.ts';
import { sayLabel } from './gather.ts';
import type { LabelNode } from './label-node.ts';
import { childrenOf, within } from './label-node.ts';
import type { Middlewares } from './middlewares.ts';
import { FILTERS_MAX, isUnusable } from './middlewares.ts';
import { providerOf } from './provider.ts';
import type { ProxySettings, Redirect } from './proxy-settings.ts';
import { listOf } from './values.ts';

export interface RouterContext {
  readonly services: Definitions;
  /** The services of Traefik that the labels of a Compose service define. */
  readonly servicesOf: ReadonlyMap<string, readonly Definition[]>;
  readonly middlewares: Middlewares;
  readonly settings: ProxySettings;
  /** Names of services that are proxies themselves. */
  readonly proxies: ReadonlySet<string>;
  readonly find: Find;
}

/** What a router serves: one route, or more where its entry points differ. */
export class RouterReader {
  readonly #context: RouterContext;
  readonly #backends = new Map<LabelNode, Backend | Unreachable>();

  constructor(context: RouterContext) {
    this.#context = context;
  }

  read({ owner, node }: Definition): readonly ProxyRoute[] {
    const { settings, find } = this.#context;
    const rule = within(node, 'rule');
    const place = { service: owner.name, router: node.name };
    if (rule?.value === undefined || rule.value.trim() === '') {
      find({ code: 'CMP1403', path: node.first.path, params: place });
      return [];
    }
    const { path } = rule.first;
    const condition = readRule(rule.value, syntaxOf(node, settings));
    if (condition instanceof RuleProblem) {
      const { offset, message: reason } = condition;
      find({ code: 'CMP1401', path, params: { ...place, offset, reason } });
      return [];
    }
    const alternatives = alternativesOf(condition);
    if (alternatives === undefined) {
      find({ code: 'CMP1402', path, params: { ...place, max: ALTERNATIVES_MAX } });
      return [];
    }
    const given = Number(within(node, 'priority')?.value ?? 0);
    const ways = this.#ways({ owner, node }, condition);
    return ways.map(({ backend, filters, listening }, index) => ({
      name: index === 0 ? node.name : `${node.name}-${listening.entryPoints.join('-')}`,
      service: backend.service.name,
      from: 'traefik' as const,
      path,
      condition,
      alternatives,
      priority: given === 0 ? byteLength(rule.value ?? '') : given,
      priorityGiven: given !== 0,
      filters,
      port: backend.port,
      scheme: backend.scheme,
      entryPoints: listening.entryPoints,
      tls: listening.tls,
    }));
  }

  #ways(router: Definition, condition: Condition): readonly Way[] {
    const { settings, find } = this.#context;
    const { owner, node } = router;
    this.#sayUnused(router);
    const backend = this.#backend(router, condition);
    if (backend === undefined) return [];
    const names = this.#entryPoints(router);
    if (names === undefined) return [];
    this.#sayAside(router, names);
    const tls = tlsOf(within(node, 'tls'), condition);
    const unclear = tls === undefined ? unclearEntryPoint(names, settings) : undefined;
    if (unclear !== undefined) {
      const params = { service: owner.name, router: node.name, entryPoint: unclear };
      find({ code: 'CMP1419', path: node.first.path, params });
    }
    const ways = listenings(names, tls, settings).flatMap((listening) => this.#way(router, backend, listening));
    return ways.map((way) => ({ ...way, listening: withHosts(way.listening, condition) }));
  }

  /** What is reached at ports of its own alone will be reached where everything is. */
  #sayAside({ owner, node }: Definition, names: readonly string[]): void {
    const { settings, find } = this.#context;
    const isAside = (name: string): boolean => settings.entryPoints.get(name.toLowerCase())?.isAside === true;
    if (names.length === 0 || !names.every(isAside)) return;
    const path = (within(node, 'entrypoints') ?? node).first.path;
    find({ code: 'CMP1423', path, params: { service: owner.name, router: node.name, entryPoints: names } });
  }

  /** Those that there are, where the proxy is of the project and says which it has. */
  #entryPoints({ owner, node }: Definition): readonly string[] | undefined {
    const { settings, find } = this.#context;
    const named = within(node, 'entrypoints');
    const names = listOf(named);
    if (names.length === 0 || settings.entryPoints.size === 0) return names;
    const present = names.filter((name) => settings.entryPoints.has(name.toLowerCase()));
    if (present.length > 0) return present;
    const params = { service: owner.name, router: node.name, entryPoints: names };
    find({ code: 'CMP1422', path: (named ?? node).first.path, params });
    return undefined;
  }

  #way(router: Definition, backend: Backend, listening: Listening): readonly Way[] {
    const { redirect } = listening;
    if (redirect !== undefined) return [{ backend, listening, filters: [redirectFilter(redirect, router.node)] }];
    const names = [...listening.middlewares, ...listOf(within(router.node, 'middlewares')), ...backend.middlewares];
    const path = (within(router.node, 'middlewares') ?? router.node).first.path;
    const filters = this.#context.middlewares.all(names, path);
    if (!isUnusable(filters))
      return [{ backend, listening, filters: filters.filter((filter) => !leadsToItself(filter, listening)) }];
    const place = { service: router.owner.name, router: router.node.name };
    const { find } = this.#context;
    if (filters.kind === 'many') find({ code: 'CMP1421', path, params: { ...place, max: FILTERS_MAX } });
    return [];
  }

  #backend(router: Definition, condition: Condition): Backend | undefined {
    const { owner, node } = router;
    const { proxies, find } = this.#context;
    const written = within(node, 'service');
    const path = (written ?? node).first.path;
    const place = { service: owner.name, router: node.name };
    const asked = written?.value ?? '';
    const found = asked === '' ? this.#onlyOne(router) : this.#named(router, asked, path);
    if (found === undefined || found === 'broken') return undefined;
    const name = asked === '' ? owner.name : asked;
    if (found === 'outside') {
      find({ code: 'CMP1420', path, params: { ...place, name } });
      return undefined;
    }
    if (proxies.has(found.service.name) && !(takesAll(condition) && this.#redirects(router))) {
      find({ code: 'CMP1406', path, params: { ...place, name } });
      return undefined;
    }
    return found;
  }

  /** The proxy's own way to send all requests to HTTPS. */
  #redirects({ node }: Definition): boolean {
    const filters = this.#context.middlewares.all(listOf(within(node, 'middlewares')), node.first.path);
    return !isUnusable(filters) && filters.some(({ kind }) => kind === 'redirect-scheme');
  }

  /** Without a name: the only service that the labels of the container define, or the container itself. */
  #onlyOne({ owner }: Definition): Backend | Unreachable | undefined {
    const [only] = this.#context.servicesOf.get(owner.name) ?? [];
    return only === undefined ? ownBackend(owner) : this.#defined(only.node.name);
  }

  #named({ owner, node }: Definition, written: string, path: string): Backend | Unreachable | undefined {
    const { find } = this.#context;
    const place = { service: owner.name, router: node.name };
    const { name, provider } = providerOf(written);
    if (provider === 'internal') {
      // It answers nothing: for routers whose middlewares answer.
      if (name === 'noop') return ownBackend(owner);
      find({ code: 'CMP1406', path, params: { ...place, name: written } });
      return undefined;
    }
    if (provider === 'other') {
      find({ code: 'CMP1407', path, params: { ...place, name: written } });
      return undefined;
    }
    const found = this.#defined(name);
    if (found === undefined) find({ code: 'CMP1405', path, params: { ...place, name } });
    return found;
  }

  #defined(name: string): Backend | Unreachable | undefined {
    const definition = this.#context.services.get(name);
    if (definition === undefined) return undefined;
    if (definition === 'twice') return 'broken';
    const known = this.#backends.get(definition.node);
    const backend = known ?? backendOf(definition, this.#context.find);
    this.#backends.set(definition.node, backend);
    return backend;
  }

  #sayUnused({ owner, node }: Definition): void {
    const unused = [within(node, 'observability'), within(node, 'tls', 'options'), within(node, 'parentrefs')];
    for (const label of unused) {
      if (label !== undefined) sayLabel(owner.name, label, this.#context.find);
    }
  }
}

interface Way {
  readonly backend: Backend;
  readonly listening: Listening;
  readonly filters: readonly RouteFilter[];
}

function syntaxOf(node: LabelNode, settings: ProxySettings): RuleSyntax {
  const said = within(node, 'rulesyntax')?.value;
  return said === 'v2' || said === 'v3' ? said : settings.syntax;
}

/** `tls: false` switches off all below it. */
function tlsOf(node: LabelNode | undefined, condition: Condition): RouteTls | undefined {
  if (node === undefined) return undefined;
  const value = node.value ?? '';
  if (value !== '' && value.toLowerCase() !== 'true') return undefined;
  const domains = childrenOf(within(node, 'domains'));
  const hosts = domains.flatMap((domain) => [...listOf(within(domain, 'main')), ...listOf(within(domain, 'sans'))]);
  return { resolver: within(node, 'certresolver')?.value, hosts: hosts.length > 0 ? hosts : hostsOf(condition) };
}

/** Without domains, a certificate is for the hosts of the rule. */
function withHosts(listening: Listening, condition: Condition): Listening {
  const { tls } = listening;
  return tls?.hosts.length === 0 ? { ...listening, tls: { ...tls, hosts: hostsOf(condition) } } : listening;
}

function redirectFilter(redirect: Redirect, router: LabelNode): RouteFilter {
  return { kind: 'redirect-scheme', ...redirect, implied: true, name: router.name, path: router.first.path };
}

/** A redirect to the scheme that a request has already lets it through. */
function leadsToItself(filter: RouteFilter, { tls }: Listening): boolean {
  if (filter.kind !== 'redirect-scheme') return false;
  const [scheme, port] = tls === undefined ? ['http', 80] : ['https', 443];
  return filter.scheme === scheme && (filter.port ?? port) === port;
}

/** In UTF-8, by which Traefik measures rules. */
function byteLength(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return length;
}
