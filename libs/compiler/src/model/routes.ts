import type { CorsAnswer, RouteFilter, StreamEntryPoint } from '@ushadow/proxy-labels';
import type { Port } from './reach.ts';

/** What a request has to look like. */
export interface RouteMatch {
  readonly path: { readonly kind: 'exact' | 'prefix'; readonly value: string };
  readonly method: string | undefined;
  readonly headers: readonly NamedValue[];
  readonly query: readonly NamedValue[];
}

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** One way in from outside by HTTP: each of the hosts with each of the matches. */
export interface AskedRoute {
  /** Empty for the only one of a service; else what tells it from its others. */
  readonly name: string;
  /** In lower case; `*.example.org` for what lies below. None: any host. */
  readonly hosts: readonly string[];
  /** One at least. */
  readonly matches: readonly RouteMatch[];
  /** In the order in which they are applied. */
  readonly filters: readonly RouteFilter[];
  /** Of the container; undefined: the first that there is. */
  readonly port: number | undefined;
  /** Whether the port has to be published: not where the file names it for a proxy. */
  readonly published: boolean;
  readonly backendScheme: 'http' | 'https' | 'h2c';
  readonly tls: RouteTls | undefined;
  readonly className: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  /** The router of a proxy that it comes from: its rule says which of two comes first. */
  readonly router: { readonly name: string; readonly priority: number; readonly priorityGiven: boolean } | undefined;
  readonly path: string;
}

export interface RouteTls {
  /** The Secret with the certificate. Undefined: one made for the route; empty: that of the controller. */
  readonly secretName: string | undefined;
  /** Plain HTTP is redirected, not served. */
  readonly redirects: boolean;
}

/** A route whose port is known, and the name of its object. */
export interface Route extends AskedRoute {
  /** The Service that it leads to: of the service whose network it shares, where it has no name of its own. */
  readonly endpoint: string;
  readonly backend: Port;
  readonly objectName: string;
  readonly fit: Fit;
}

/** What a target makes of a route, and what it cannot say of it. */
export interface Fit {
  readonly matches: readonly RouteMatch[];
  /** Of an HTTPRoute; none for an Ingress. */
  readonly rules: readonly HttpRule[];
  readonly lostMatches: readonly string[];
  /** Filters that nobody agreed to do without. With one of them, nothing is made of the route. */
  readonly lostFilters: readonly RouteFilter[];
  readonly waivedFilters: readonly RouteFilter[];
}

/** Matches whose requests all meet the same. */
export interface HttpRule {
  readonly matches: readonly RouteMatch[];
  readonly path: PathChange | undefined;
  readonly requestHeaders: HeaderSet | undefined;
  readonly responseHeaders: HeaderSet | undefined;
  readonly cors: CorsAnswer | undefined;
  /** The request is answered by a redirect, and goes no further. */
  readonly redirect: Extract<RouteFilter, { kind: 'redirect-scheme' }> | undefined;
}

export interface HeaderSet {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** `prefix`: what the match takes as a prefix is replaced; `full`: the whole path is. */
export interface PathChange {
  readonly kind: 'prefix' | 'full';
  readonly value: string;
}

/** One way in from outside for connections or datagrams, handed on as they are. */
export interface AskedStream {
  readonly name: string;
  readonly protocol: 'tcp' | 'udp';
  /** Of TLS, which the service ends; none: whatever comes. */
  readonly serverNames: readonly string[];
  /** Of the container; undefined: the first of the protocol. */
  readonly port: number | undefined;
  readonly entryPoints: readonly StreamEntryPoint[];
  readonly path: string;
}

/** One that a Gateway takes. */
export interface Stream extends AskedStream {
  readonly kind: 'TCPRoute' | 'TLSRoute' | 'UDPRoute';
  readonly endpoint: string;
  readonly backend: Port;
  readonly objectName: string;
  /** Names of the listeners where it comes in. */
  readonly sections: readonly string[];
}

/** Takes every request. */
export const EVERY_REQUEST: RouteMatch = {
  path: { kind: 'prefix', value: '/' },
  method: undefined,
  headers: [],
  query: [],
};
