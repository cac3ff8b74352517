import { describe, expect, it } from '@jest/globals';
import { read } from '../../testing/labelled.ts';

function web(labels: Readonly<Record<string, string>>): ReturnType<typeof read> {
  return read({ web: { labels }, api: {} });
}

const UP = '{{upstreams 80}}';
const REDIRECT = 'redirect-scheme {"scheme":"https","permanent":true,"implied":true}';

describe('labels of caddy-docker-proxy', () => {
  it('become a route over TLS and a redirect to it', () => {
    expect(web({ caddy: 'cad.example.org', 'caddy.reverse_proxy': UP })).toEqual({
      routes: [
        'cad-example-org: host cad.example.org to web:80; tls - cad.example.org',
        `cad-example-org-redirect: host cad.example.org to web:80; ${REDIRECT}`,
      ],
      findings: [],
    });
  });

  it.each([
    [{ caddy: 'http://a.org', 'caddy.reverse_proxy': UP }, ['a-org: host a.org to web:80']],
    [{ caddy: 'a.org:80', 'caddy.reverse_proxy': UP }, ['a-org: host a.org to web:80']],
    [{ caddy: ':80', 'caddy.reverse_proxy': UP }, ['web: path-prefix / to web:80']],
    [
      { caddy: 'http://a.org, http://b.org', 'caddy.reverse_proxy': UP },
      ['a-org: host a.org to web:80', 'b-org: host b.org to web:80'],
    ],
    [
      {
        caddy_0: 'http://a.org',
        'caddy_0.reverse_proxy': UP,
        caddy_1: 'http://b.org',
        'caddy_1.reverse_proxy': '{{upstreams}}',
      },
      ['a-org: host a.org to web:80', 'b-org: host b.org to web'],
    ],
    [{ caddy: 'http://*.a.org', 'caddy.reverse_proxy': UP }, ['any-a-org: host *.a.org to web:80']],
    [{ caddy: 'http://a.org/x*', 'caddy.reverse_proxy': UP }, ['a-org: (host a.org & path-prefix /x) to web:80']],
    [
      { caddy: 'http://a.org', 'caddy.reverse_proxy': '{{upstreams https 443}}' },
      ['a-org: host a.org to https web:443'],
    ],
    [
      { caddy: 'http://a.org', 'caddy.reverse_proxy': '{{ upstreams h2c 50051 }}' },
      ['a-org: host a.org to h2c web:50051'],
    ],
    [{ caddy: 'http://a.org', 'caddy.reverse_proxy': 'api:8080' }, ['a-org: host a.org to api:8080']],
    [{ caddy: 'http://a.org', 'caddy.reverse_proxy': 'http://api:8080' }, ['a-org: host a.org to api:8080']],
    [
      { caddy: 'http://a.org', 'caddy.reverse_proxy': `/x/* ${UP}` },
      ['a-org: (host a.org & path-prefix /x/) to web:80'],
    ],
    [{ caddy: 'http://a.org', 'caddy.reverse_proxy': `/x ${UP}` }, ['a-org: (host a.org & path /x) to web:80']],
    [{ caddy: 'http://a.org', 'caddy.reverse_proxy': `* ${UP}` }, ['a-org: host a.org to web:80']],
    [
      { caddy: 'http://a.org', 'caddy.reverse_proxy': `*.php ${UP}` },
      ['a-org: (host a.org & path-pattern ^.*\\.php$) to web:80'],
    ],
    [
      {
        caddy: 'http://a.org',
        'caddy.reverse_proxy': UP,
        'caddy.reverse_proxy.transport': 'http',
        'caddy.reverse_proxy.transport.tls': '',
      },
      ['a-org: host a.org to https web:80'],
    ],
    [
      { caddy: 'http://a.org', 'caddy.handle_path': '/api/*', 'caddy.handle_path.0_reverse_proxy': 'api:80' },
      ['a-org: (host a.org & path-prefix /api/) to api:80; strip-prefix {"prefixes":["/api"]}'],
    ],
    [
      {
        caddy: 'http://a.org',
        'caddy.1_handle': '',
        'caddy.1_handle.reverse_proxy': UP,
        'caddy.0_handle_1': '/api/*',
        'caddy.0_handle_1.reverse_proxy': 'api:80',
      },
      ['a-org: (host a.org & path-prefix /api/) to api:80', 'a-org-2: host a.org to web:80'],
    ],
    [
      { caddy: 'http://a.org', 'caddy.reverse_proxy': UP, 'caddy.basic_auth.bob': '$2a$14$x' },
      ['a-org: host a.org to web:80; basic-auth {"users":["bob:$2a$14$x"],"removeHeader":false}'],
    ],
    [
      { caddy: 'http://a.org', 'caddy.reverse_proxy': UP, 'caddy.forward_auth': 'auth:80' },
      ['a-org: host a.org to web:80; other {"type":"forward_auth"}'],
    ],
  ])('%j become routes', (labels, routes) => {
    expect(web(labels)).toEqual({ routes, findings: [] });
  });

  it('keep back what a block answers itself', () => {
    const held = 'other {"type":"handle"}';
    const beside = (labels: Readonly<Record<string, string>>): unknown =>
      web({ caddy: 'http://a.org', 'caddy.1_handle.reverse_proxy': UP, ...labels }).routes;
    expect(beside({ 'caddy.0_handle': '/private/*', 'caddy.0_handle.respond': '"no" 403' })).toEqual([
      `a-org: host a.org to web:80; ${held}`,
    ]);
    expect(beside({ 'caddy.0_handle': '@inside', 'caddy.0_handle.reverse_proxy': UP })).toEqual([
      `a-org: host a.org to web:80; ${held}`,
    ]);
    expect(beside({ 'caddy.route': '/x/*', 'caddy.route.header': 'X-A b' })).toEqual(['a-org: host a.org to web:80']);
  });

  it('of several services at one address are one site', () => {
    const auth = 'basic-auth {"users":["bob:$2a$14$x"],"removeHeader":false}';
    const { routes } = read({
      web: { labels: { caddy: 'http://a.org', 'caddy.handle.reverse_proxy': UP, 'caddy.basic_auth.bob': '$2a$14$x' } },
      api: {
        labels: { caddy: 'http://a.org', 'caddy.handle_path': '/api/*', 'caddy.handle_path.reverse_proxy': UP },
      },
      other: { labels: { caddy: 'http://b.org', 'caddy.reverse_proxy': UP } },
    });
    expect(routes).toEqual([
      `a-org: host a.org to web:80; ${auth}`,
      `a-org-2: (host a.org & path-prefix /api/) to api:80; ${auth}; strip-prefix {"prefixes":["/api"]}`,
      'b-org: host b.org to other:80',
    ]);
  });

  it.each([
    ['encode', 'gzip'],
    ['header', 'X-A b'],
    ['tls', 'internal'],
  ])('name the directive %s, and go on', (directive, value) => {
    const { routes, findings } = web({ caddy: 'a.org', 'caddy.reverse_proxy': UP, [`caddy.${directive}`]: value });
    expect(routes).toHaveLength(2);
    expect(findings).toEqual([`CMP1426 web/labels/caddy.${directive} ${directive}`]);
  });

  it('take an address for certificates as it is', () => {
    expect(web({ caddy: 'a.org', 'caddy.reverse_proxy': UP, 'caddy.tls': 'me@example.org' }).findings).toEqual([]);
  });

  it('name options of the proxy itself', () => {
    expect(web({ 'caddy.email': 'me@example.org' })).toEqual({
      routes: [],
      findings: ['CMP1426 web/labels/caddy.email email'],
    });
    expect(
      web({ caddy: 'http://a.org', 'caddy.reverse_proxy': UP, 'caddy.reverse_proxy.lb_policy': 'first' }).findings,
    ).toEqual(['CMP1426 web/labels/caddy.reverse_proxy.lb_policy reverse_proxy.lb_policy']);
  });

  it.each([
    ['a.org:8443', 'it has a port of its own'],
    ['(snippet)', 'it is a snippet'],
    ['{$DOMAIN}', 'it is no host name'],
    ['ftp://a.org', 'it is no host name'],
    ['a..org', '"a..org" is no host name'],
  ])('leave the address %s out', (address, reason) => {
    expect(web({ caddy: `${address} http://b.org`, 'caddy.reverse_proxy': UP })).toEqual({
      routes: ['b-org: host b.org to web:80'],
      findings: [`CMP1425 web/labels/caddy ${address} ${reason}`],
    });
  });

  it.each([
    ['{{upstreams 99999}}', 'its upstream "{{upstreams 99999}}" cannot be read'],
    ['{{upstreams 80}} api:80', 'its upstream "{{upstreams 80}} api:80" cannot be read'],
    ['192.168.1.5:80', '"192.168.1.5" is no service of the project'],
    ['@mobile {{upstreams 80}}', 'the matcher "@mobile" cannot be read'],
  ])('with the upstream %s make no route', (upstream, reason) => {
    expect(web({ caddy: 'a.org', 'caddy.reverse_proxy': upstream })).toEqual({
      routes: [],
      findings: [
        `CMP1427 web/labels/caddy.reverse_proxy caddy.reverse_proxy ${reason}`,
        'CMP1427 web/labels/caddy caddy it has no reverse_proxy that can be read',
      ],
    });
  });

  it('never say a password in a finding', () => {
    const { findings } = web({
      caddy: 'a.org',
      'caddy.basic_auth.bob': 'hunter2hash',
      'caddy.basicauth.eve': 'hunter2hash',
    });
    expect(JSON.stringify(findings)).not.toContain('hunter2hash');
  });
});
