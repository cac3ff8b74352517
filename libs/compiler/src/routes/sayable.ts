import { isDnsSubdomain } from '@ushadow/kubernetes';
import type { RouteMatch } from '../model/routes.ts';
import { hasPlaceholder } from '../sensitive/secret-placeholders.ts';

/** Whether an Ingress and an HTTPRoute can have it: a host name, or what lies below one. */
export function isRouteHost(host: string): boolean {
  const name = host.replace(/^\*\./, '');
  // What ends in a number is an address, or means a port.
  return host.length <= 253 && isDnsSubdomain(name) && !/(?:^|\.)\d+$/.test(name);
}

/** Whether both can have it: `..`, `//` and encoded slashes would be other paths to others. */
export function isRoutePath(path: string): boolean {
  return path.startsWith('/') && !/\/\/|\/\.\.?(?:\/|$)|%2f/i.test(path);
}

/** As an HTTPRoute has paths. */
const PATH = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);
const NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;
const NAMED_MAX = 16;

export function isHttpPath(path: string): boolean {
  return isRoutePath(path) && isOf(PATH, path) && path.length <= 1024;
}

export function isHttpMethod(method: string): boolean {
  return METHODS.has(method);
}

export function isHttpName(name: string): boolean {
  return isOf(NAME, name);
}

/** What a secret has in it decides nothing: the object is checked once it is there. */
function isOf(pattern: RegExp, text: string): boolean {
  return hasPlaceholder(text) || pattern.test(text);
}

/** A value of a header, on one line. */
export function isHttpValue(value: string): boolean {
  return value !== '' && value.length <= 4096 && !/[^\P{Cc}\t]/u.test(value);
}

/** What of a match an HTTPRoute has no words for. */
export function unsaidByHttpRoute({ path, method, headers, query }: RouteMatch): string | undefined {
  if (!isHttpPath(path.value)) return `the path "${path.value}"`;
  if (method !== undefined && !isHttpMethod(method)) return `the method ${method}`;
  if (headers.length > NAMED_MAX) return `more than ${NAMED_MAX} headers`;
  if (query.length > NAMED_MAX) return `more than ${NAMED_MAX} parameters`;
  const header = headers.find(({ name, value }) => !isHttpName(name) || !isHttpValue(value));
  if (header !== undefined) return `the header "${header.name}" as it is written`;
  const parameter = query.find(({ name, value }) => !isHttpName(name) || value === '' || value.length > 1024);
  if (parameter === undefined) return undefined;
  return parameter.value === ''
    ? `the parameter "${parameter.name}" without a value`
    : `the parameter "${parameter.name}" as it is written`;
}
