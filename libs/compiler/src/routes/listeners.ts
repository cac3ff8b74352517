import { dnsLabel, isDnsSubdomain } from '@ushadow/kubernetes';
import type { GatewayListener, GatewayTarget } from '../compile-input.ts';
import type { AskedRoute } from '../model/routes.ts';
import { freeName } from '../names/free-name.ts';

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
  const covering = hosts.map((host) => ({ host, listener: closest(secure, host) }));
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

/**
 * For what is served in the clear alone: listeners that take one of the hosts; where nothing is known of the Gateway, what listens on
 * the usual port.
 */
export function plainParents(hosts: readonly string[], { listeners }: GatewayTarget): RouteParents {
  const isFor = (listener: GatewayListener): boolean =>
    hosts.length === 0 || hosts.some((host) => covers(listener, host) || covers({ hostname: host }, listener.hostname));
  const plain = listeners?.filter((each) => each.protocol === 'HTTP' && isFor(each)).map(({ name }) => name) ?? [];
  const any = { ...ANY_LISTENER, port: 80 };
  return plain.length === 0 ? any : { ...any, sections: plain, port: undefined };
}

/** A Gateway hands a connection to the listener with the longest name alone. */
export function closest(listeners: readonly GatewayListener[], host: string | undefined): GatewayListener | undefined {
  const found = listeners.filter((listener) => covers(listener, host));
  const length = ({ hostname = '' }: GatewayListener): number => hostname.length;
  return found.reduce<GatewayListener | undefined>(
    (best, next) => (best === undefined || length(next) > length(best) ? next : best),
    undefined,
  );
}

/** A wildcard takes any number of labels. */
function covers({ hostname }: Pick<GatewayListener, 'hostname'>, host: string | undefined): boolean {
  if (hostname === undefined || hostname === '') return true;
  if (host === undefined) return false;
  return hostname === host || (hostname.startsWith('*.') && host.endsWith(hostname.slice(1)));
}

/** No two hosts have one: a hyphen is two, and what could be taken for a wildcard has a digest. */
export function listenerName(host: string | undefined): string {
  if (host === undefined) return 'https';
  const text = `https-${host.replace(/^\*\./, 'any.').replaceAll('-', '--').replaceAll('.', '-')}`;
  return dnsLabel(host.startsWith('any.') ? `${text}.` : text);
}

/** Of the project and the host: equal for all who hold on to it. */
export function listenerSetName(host: string, project: string): string {
  const text = `${project}-${listenerName(host)}`;
  return isDnsSubdomain(text) && text.length <= 59 ? text : freeName(text, () => false, { maxLength: 59 });
}

/** The Secret with the certificate of a listener. */
export const certificateName = (listener: string): string => `${listener}-tls`;
