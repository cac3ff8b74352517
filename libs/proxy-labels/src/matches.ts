import type { Condition, Matcher } from './condition.ts';
import type { ProxyRoute } from './proxy-route.ts';
import { liesIn } from './rule/address-range.ts';
import { goPattern } from './rule/go-pattern.ts';
import { plainHost } from './rule/host-name.ts';
import { routingPath } from './routing-path.ts';

/** What of a request decides its route. */
export interface RequestHead {
  /** With or without the port. */
  readonly host: string;
  /** As in the request line, without the query. */
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly clientIp?: string;
}

/** The route that takes a request, as Traefik would choose among those of one entry point; of equal ones the first. */
export function chooseRoute(routes: readonly ProxyRoute[], request: RequestHead): ProxyRoute | undefined {
  let best: ProxyRoute | undefined;
  for (const route of routes) {
    if ((best === undefined || route.priority > best.priority) && matches(route.condition, request)) best = route;
  }
  return best;
}

/** Patterns are run as they are: for tests, not for requests of strangers. */
export function matches(condition: Condition, request: RequestHead): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.of.every((part) => matches(part, request));
    case 'or':
      return condition.of.some((part) => matches(part, request));
    case 'not':
      return !matches(condition.of, request);
    default:
      return applies(condition, request);
  }
}

function applies(matcher: Matcher, request: RequestHead): boolean {
  switch (matcher.kind) {
    case 'host':
      return isHost(hostOf(request), matcher.value);
    case 'host-pattern':
      return fits(matcher.value, hostOf(request));
    case 'path':
      return routingPath(request.path) === matcher.value;
    case 'path-prefix':
      return routingPath(request.path).startsWith(matcher.value);
    case 'path-pattern':
      return fits(matcher.value, routingPath(request.path));
    case 'method':
      return request.method === matcher.value;
    case 'header':
      return headerOf(request, matcher.name) === matcher.value;
    case 'header-pattern':
      return fits(matcher.value, headerOf(request, matcher.name));
    case 'query':
      return parameterOf(request, matcher.name) === matcher.value;
    case 'query-pattern':
      return fits(matcher.value, parameterOf(request, matcher.name));
    case 'client-ip':
      return request.clientIp !== undefined && liesIn(request.clientIp, matcher.value);
  }
}

function hostOf({ host }: RequestHead): string {
  return plainHost(host.replace(/:\d*$/, ''));
}

/** `*.x` takes one label in the place of `*`. */
function isHost(host: string, wanted: string): boolean {
  if (wanted === '*') return true;
  if (host === '') return false;
  return wanted.startsWith('*.') ? host.replace(/^[^.]*/, '*') === wanted : host === wanted;
}

/** Go keeps the host apart from the headers, so that no matcher of headers sees it. */
function headerOf({ headers }: RequestHead, name: string): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted === 'host') return undefined;
  return Object.entries(headers).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function parameterOf({ query }: RequestHead, name: string): string | undefined {
  return Object.hasOwn(query, name) ? query[name] : undefined;
}

function fits(pattern: string, text: string | undefined): boolean {
  if (text === undefined) return false;
  const expression = goPattern(pattern);
  return typeof expression !== 'string' && expression.test(text);
}
