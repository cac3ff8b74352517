import type { GatewayListener, GatewayTarget } from '../compile-input.ts';
import type { AskedRoute } from '../model/routes.ts';

/** What a route holds on to. */
export interface RouteParents {
  /** Names of listeners; undefined: whatever the Gateway has. */
  readonly sections: readonly string[] | undefined;
  /** What listens on this port; undefined: on any. */
  readonly port: number | undefined;
  /** Hosts whose ListenerSets are to be made, and held on to. */
  readonly listenerSets: readonly string[];
  /** What the Gateway would have to listen on, and does not. */
  readonly missing: readonly MissingListener[];
}

export const ANY_LISTENER: RouteParents = { sections: undefined, port: undefined, listenerSets: [], missing: [] };

export interface MissingListener {
  readonly name: string;
  readonly host: string | undefined;
}

/** For what is served by TLS: listeners for its hosts, or ListenerSets, or what is missing. */
export function secureParents(route: AskedRoute, { listeners, listenerSets }: GatewayTarget): RouteParents {
  const hosts = route.hosts.length === 0 ? [undefined] : route.hosts;
  const secure = (listeners ?? []).filter(({ protocol }) => protocol === 'HTTPS');
  const covering = hosts.map((host) => ({ host, listener: secure.find((listener) => covers(listener, host)) }));
  const uncovered = covering.filter(({ listener }) => listener === undefined).map(({ host }) => host);
  const sections = [...new Set(covering.flatMap(({ listener }) => listener?.name ?? []))];
  if (uncovered.length === 0) return { ...ANY_LISTENER, sections };
  const bySets = listenerSets === true ? uncovered.filter((host) => host !== undefined) : [];
  const missing = uncovered
    .filter((host) => host === undefined || !bySets.includes(host))
    .map((host) => ({ name: listenerName(host), host }));
  return {
    ...ANY_LISTENER,
    sections: [...sections, ...missing.map(({ name }) => name)],
    listenerSets: bySets,
    missing,
  };
}

/** For what is served in the clear alone: where nothing is known of the Gateway, what listens on the usual port. */
export function plainParents({ listeners }: GatewayTarget): RouteParents {
  const plain = listeners?.filter(({ protocol }) => protocol === 'HTTP').map(({ name }) => name) ?? [];
  const any = { ...ANY_LISTENER, port: 80 };
  return plain.length === 0 ? any : { ...any, sections: plain, port: undefined };
}

/** A wildcard takes any number of labels. */
function covers({ hostname }: GatewayListener, host: string | undefined): boolean {
  if (hostname === undefined || hostname === '') return true;
  if (host === undefined) return false;
  return hostname === host || (hostname.startsWith('*.') && host.endsWith(hostname.slice(1)));
}

export function listenerName(host: string | undefined): string {
  return host === undefined
    ? 'https'
    : `https-${host.replace(/^\*\./, 'any.').replaceAll('.', '-')}`.slice(0, 63).replace(/-+$/, '');
}
