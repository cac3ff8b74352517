import type { Condition } from './condition.ts';
import type { ProxyRoute } from './proxy-route.ts';

/** What of a request decides its route. */
export interface RequestHead {
  readonly host: string;
  /** As in the request line, without the query. */
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly clientIp?: string;
}

export function matches(condition: Condition, request: RequestHead): boolean {
  return condition.kind === 'host' && condition.value === request.host;
}

/** The route that takes a request, as Traefik would choose. */
export function chooseRoute(routes: readonly ProxyRoute[], request: RequestHead): ProxyRoute | undefined {
  return routes.find((route) => matches(route.condition, request));
}
