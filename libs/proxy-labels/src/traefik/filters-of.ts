import type { Origin, RouteFilter } from '../route-filter.ts';
import { goPattern } from '../rule/go-pattern.ts';
import { headerFilters } from './header-filters.ts';
import type { LabelNode } from './label-node.ts';
import { within } from './label-node.ts';
import { flagOf, listOf, portOf } from './values.ts';

/** What one middleware does; a text says why it does nothing. */
export function filtersOf(middleware: LabelNode): readonly RouteFilter[] | string {
  const [type, ...more] = middleware.children.values();
  if (type === undefined) return 'has no type';
  if (more.length > 0) return 'has several types, where Traefik takes one';
  const origin: Origin = { name: middleware.name, path: middleware.first.path };
  const text = (name: string): string => within(type, name)?.value ?? '';
  const flag = (name: string): boolean => flagOf(within(type, name)?.value) === true;
  switch (type.name.toLowerCase()) {
    case 'redirectscheme':
      return redirectScheme(origin, text('scheme'), text('port'), flag('permanent'));
    case 'redirectregex':
      return redirectPattern(origin, text('regex'), text('replacement'), flag('permanent'));
    case 'stripprefix':
      return [{ ...origin, kind: 'strip-prefix', prefixes: listOf(within(type, 'prefixes')) }];
    case 'addprefix':
      if (text('prefix') === '') return 'has no prefix';
      return [{ ...origin, kind: 'add-prefix', prefix: text('prefix') }];
    case 'replacepath':
      return [{ ...origin, kind: 'replace-path', value: text('path') }];
    case 'headers':
      return headerFilters(origin, type);
    case 'basicauth':
      return [basicAuth(origin, type)];
    default:
      return [{ ...origin, kind: 'other', type: type.name }];
  }
}

function redirectScheme(
  origin: Origin,
  scheme: string,
  port: string,
  permanent: boolean,
): readonly RouteFilter[] | string {
  if (scheme === '') return 'has no scheme';
  if (port !== '' && portOf(port) === undefined) return `has the port "${port}", which is none`;
  return [{ ...origin, kind: 'redirect-scheme', scheme: scheme.toLowerCase(), port: portOf(port), permanent }];
}

function redirectPattern(
  origin: Origin,
  pattern: string,
  replacement: string,
  permanent: boolean,
): readonly RouteFilter[] | string {
  const read = goPattern(pattern);
  if (typeof read === 'string') return `has a regex that cannot be read: ${read}`;
  return [{ ...origin, kind: 'redirect-pattern', pattern, replacement, permanent }];
}

/** Users of a file of the proxy are not here: without them it would let in the wrong ones. */
function basicAuth(origin: Origin, type: LabelNode): RouteFilter {
  if (within(type, 'usersfile') !== undefined) return { ...origin, kind: 'other', type: 'basicAuth.usersFile' };
  return {
    ...origin,
    kind: 'basic-auth',
    users: listOf(within(type, 'users')),
    realm: within(type, 'realm')?.value,
    headerField: within(type, 'headerfield')?.value,
    removeHeader: flagOf(within(type, 'removeheader')?.value) === true,
  };
}
