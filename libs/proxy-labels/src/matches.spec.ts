import { describe, expect, it } from '@jest/globals';
import type { Condition } from './condition.ts';
import type { RequestHead } from './matches.ts';
import { matches } from './matches.ts';
import { readRule } from './rule/read-rule.ts';

const REQUEST: RequestHead = {
  host: 'shop.example.org',
  path: '/',
  method: 'GET',
  headers: {},
  query: {},
  clientIp: '10.0.0.1',
};

function takes(rule: string, request: Partial<RequestHead>): boolean {
  return matches(readRule(rule, 'v3') as Condition, { ...REQUEST, ...request });
}

describe('matches', () => {
  it.each([
    ['Host(`shop.example.org`)', { host: 'SHOP.example.org:8443' }, true],
    ['Host(`shop.example.org`)', { host: 'shop.example.org.' }, true],
    ['Host(`*.example.org`)', { host: 'shop.example.org' }, true],
    ['Host(`*.example.org`)', { host: 'a.shop.example.org' }, false],
    ['Host(`*.example.org`)', { host: 'example.org' }, false],
    ['Host(`*`)', { host: '' }, true],
    ['HostRegexp(`^[a-z]+\\.example\\.org$`)', {}, true],
    ['PathPrefix(`/products`)', { path: '/products-for-sale' }, true],
    ['PathPrefix(`/a b`)', { path: '/a%20b' }, true],
    ['Path(`/a/b`)', { path: '/a%2Fb' }, false],
    ['Path(`/a%2Fb`)', { path: '/a%2Fb' }, true],
    ['Path(`/a%2Fb`)', { path: '/a%2fb' }, true],
    ['Path(`/é`)', { path: '/%C3%A9' }, true],
    ['Path(`/a`)', { path: '/a/' }, false],
    ['PathRegexp(`^/v[12]$`)', { path: '/v2' }, true],
    ['Method(`get`)', {}, true],
    ['Method(`GET`)', { method: 'get' }, false],
    ['Header(`X-A`, `b`)', { headers: { 'x-a': 'b' } }, true],
    ['Header(`X-A`, `b`)', { headers: { 'x-a': 'B' } }, false],
    ['Header(`Host`, `a.org`)', { headers: { host: 'a.org' } }, false],
    ['HeaderRegexp(`X-A`, `^b`)', {}, false],
    ['Query(`a`)', { query: { a: '' } }, true],
    ['Query(`a`)', { query: { a: '1' } }, false],
    ['Query(`toString`)', {}, false],
    ['QueryRegexp(`a`, `^[0-9]+$`)', { query: { a: '12' } }, true],
    ['ClientIP(`10.0.0.0/8`)', {}, true],
    ['ClientIP(`10.0.0.0/8`)', { clientIp: '11.0.0.1' }, false],
    ['ClientIP(`10.0.0.0/8`)', { clientIp: '::1' }, false],
    ['ClientIP(`2001:db8::/32`)', { clientIp: '2001:db8:1::5' }, true],
    ['ClientIP(`::/0`)', { clientIp: '2001:db8:1::5' }, true],
    ['!Host(`shop.example.org`)', {}, false],
  ] as const)('%s of %j is %s', (rule, request, expected) => {
    expect(takes(rule, request)).toBe(expected);
  });
});
