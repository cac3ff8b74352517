import type { Alternative, Condition } from './condition.ts';
import type { RouteFilter } from './route-filter.ts';

/** A route that a proxy over Docker would serve. */
export interface ProxyRoute {
  /** Of the router, or made from the host; no two routes have the same. */
  readonly name: string;
  /** The Compose service that requests go to. */
  readonly service: string;
  readonly from: 'traefik' | 'caddy' | 'nginx-proxy';
  /** JSON pointer of the label or variable that says it. */
  readonly path: string;
  readonly condition: Condition;
  /** The same as `condition`, as an `or` of `and`s. */
  readonly alternatives: readonly Alternative[];
  /** Of two routes that take a request, the one with the higher number has it. */
  readonly priority: number;
  readonly priorityGiven: boolean;
  /** In the order in which they are applied. */
  readonly filters: readonly RouteFilter[];
  /** Of the container; undefined: the first that it exposes. */
  readonly port: number | undefined;
  /** Spoken to the container. */
  readonly scheme: 'http' | 'https' | 'h2c';
  /** Empty: the proxy's default ones. */
  readonly entryPoints: readonly string[];
  /** Undefined: plain HTTP only. */
  readonly tls: RouteTls | undefined;
}

export interface RouteTls {
  /** What obtains the certificate, as the proxy names it. */
  readonly resolver: string | undefined;
  readonly hosts: readonly string[];
}
