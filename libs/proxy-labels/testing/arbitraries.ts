import fc from 'fast-check';
import type { Condition, Matcher } from '../src/condition.ts';
import type { RequestHead } from '../src/matches.ts';

/** Few of each, so that requests meet conditions. */
const HOSTS = ['a.org', 'b.org', 'x.a.org', 'y.x.a.org'];
const PATHS = ['/', '/a', '/ab', '/a/b', '/a b', '/c%2Fd', '/é'];
const NAMES = ['X-A', 'X-B'];
const VALUES = ['1', '2', 'a`b', 'a"b\\c', 'tab\there'];
const PATTERNS = ['^/a', '.', '^[a-z.]+$', '(?i)A', '\\d{1,3}'];
const ADDRESSES = ['10.0.0.1', '10.1.2.3', '192.168.0.1', 'fe80::1'];

const any = fc.constantFrom;

const MATCHER: fc.Arbitrary<Matcher> = fc.oneof(
  fc.record({ kind: fc.constant('host' as const), value: any(...HOSTS, '*.a.org', '*') }),
  fc.record({ kind: any('path' as const, 'path-prefix' as const), value: any(...PATHS) }),
  fc.record({ kind: any('host-pattern' as const, 'path-pattern' as const), value: any(...PATTERNS) }),
  fc.record({ kind: fc.constant('method' as const), value: any('GET', 'POST') }),
  fc.record({ kind: any('header' as const, 'query' as const), name: any(...NAMES), value: any(...VALUES) }),
  fc.record({ kind: fc.constant('query' as const), name: any(...NAMES), value: fc.constant('') }),
  fc.record({
    kind: any('header-pattern' as const, 'query-pattern' as const),
    name: any(...NAMES),
    value: any(...PATTERNS),
  }),
  fc.record({ kind: fc.constant('client-ip' as const), value: any(...ADDRESSES, '10.0.0.0/8', 'fe80::/10') }),
);

/** Parts of an `and` or `or` are two at least, as they are read. */
export const CONDITION: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    MATCHER,
    fc.record({ kind: fc.constant('not' as const), of: tie('tree') }),
    fc.record({
      kind: any('and' as const, 'or' as const),
      of: fc.array(tie('tree'), { minLength: 2, maxLength: 4 }),
    }),
  ),
})).tree;

export const REQUEST: fc.Arbitrary<RequestHead> = fc.record({
  host: any(...HOSTS, 'A.org:8080'),
  path: any(...PATHS, '/a%20b', '/%C3%A9', '/c%2fd'),
  method: any('GET', 'POST'),
  headers: fc.dictionary(any('x-a', 'X-B', 'Host'), any(...VALUES)),
  query: fc.dictionary(any(...NAMES), any(...VALUES, '')),
  clientIp: any(...ADDRESSES),
});
