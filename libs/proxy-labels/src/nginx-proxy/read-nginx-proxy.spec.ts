import { describe, expect, it } from '@jest/globals';
import { read } from '../../testing/labelled.ts';

function web(environment: Readonly<Record<string, string>>): ReturnType<typeof read> {
  return read({ web: { environment } });
}

const REDIRECT = 'redirect-scheme {"scheme":"https","permanent":true,"implied":true}';

describe('variables of nginx-proxy', () => {
  it.each([
    [{ VIRTUAL_HOST: 'vh.example.org', VIRTUAL_PORT: '80' }, ['vh-example-org: host vh.example.org to web:80']],
    [{ VIRTUAL_HOST: 'A.org, b.org,,a.org' }, ['a-org: host a.org to web', 'b-org: host b.org to web']],
    [{ VIRTUAL_HOST: '' }, []],
    [{ VIRTUAL_PORT: '80', LETSENCRYPT_HOST: 'a.org' }, []],
    [{ VIRTUAL_HOST: 'a.org', VIRTUAL_PROTO: 'https' }, ['a-org: host a.org to https web']],
    [{ VIRTUAL_HOST: 'a.org', VIRTUAL_PROTO: 'grpc' }, ['a-org: host a.org to h2c web']],
    [{ VIRTUAL_HOST: 'a.org', VIRTUAL_PATH: '/' }, ['a-org: host a.org to web']],
    [{ VIRTUAL_HOST: 'a.org', VIRTUAL_PATH: '/x' }, ['a-org: (host a.org & path-prefix /x) to web']],
    [
      { VIRTUAL_HOST: 'a.org', VIRTUAL_PATH: '/x/', VIRTUAL_DEST: '/' },
      ['a-org: (host a.org & path-prefix /x/) to web; strip-prefix {"prefixes":["/x"]}'],
    ],
    [
      { VIRTUAL_HOST: 'a.org', VIRTUAL_PATH: '/x/', VIRTUAL_DEST: '/y/' },
      ['a-org: (host a.org & path-prefix /x/) to web; strip-prefix {"prefixes":["/x"]}; add-prefix {"prefix":"/y"}'],
    ],
    [
      { VIRTUAL_HOST: 'a.org', NETWORK_ACCESS: 'internal' },
      ['a-org: host a.org to web; other {"type":"NETWORK_ACCESS"}'],
    ],
    [
      { VIRTUAL_HOST: 'a.org,b.org', LETSENCRYPT_HOST: 'a.org' },
      [
        'a-org: host a.org to web; tls letsencrypt a.org',
        `a-org-redirect: host a.org to web; ${REDIRECT}`,
        'b-org: host b.org to web',
      ],
    ],
    [
      { VIRTUAL_HOST: 'a.org', LETSENCRYPT_HOST: 'a.org', HTTPS_METHOD: 'noredirect' },
      ['a-org: host a.org to web; tls letsencrypt a.org', 'a-org-plain: host a.org to web'],
    ],
    [
      { VIRTUAL_HOST: 'a.org', LETSENCRYPT_HOST: 'a.org', HTTPS_METHOD: 'nohttp' },
      ['a-org: host a.org to web; tls letsencrypt a.org'],
    ],
    [{ VIRTUAL_HOST: 'a.org', LETSENCRYPT_HOST: 'a.org', HTTPS_METHOD: 'nohttps' }, ['a-org: host a.org to web']],
  ])('%j become routes', (environment, routes) => {
    expect(web(environment)).toEqual({ routes, findings: [] });
  });

  it('lose no password that the proxy has in files', () => {
    const environment = { VIRTUAL_HOST: 'a.org', LETSENCRYPT_HOST: 'a.org' };
    const image = 'nginxproxy/nginx-proxy';
    const routesWith = (mountedAt: readonly string[]): readonly string[] =>
      read({ proxy: { image, mountedAt }, web: { environment } }).routes;
    expect(routesWith(['/etc/nginx/htpasswd'])).toEqual([
      'a-org: host a.org to web; tls letsencrypt a.org; other {"type":"htpasswd"}',
      `a-org-redirect: host a.org to web; ${REDIRECT}`,
    ]);
    expect(routesWith(['/etc/nginx/htpasswd/a.org'])[0]).toMatch(/htpasswd/);
    expect(routesWith(['/etc/nginx/certs'])[0]).not.toMatch(/htpasswd/);
  });

  it.each(['*.example.org', 'example.*', '~^a\\d+\\.org$', 'a b', 'http://a.org'])('name the host %s', (host) => {
    expect(web({ VIRTUAL_HOST: `a.org,${host}` })).toEqual({
      routes: ['a-org: host a.org to web'],
      findings: [`CMP1430 web/environment/VIRTUAL_HOST ${host}`],
    });
  });

  it.each([
    ['VIRTUAL_PORT', 'http', 'a port from 1 to 65535'],
    ['VIRTUAL_PROTO', 'uwsgi', 'http, https or grpc'],
    ['HTTPS_METHOD', 'maybe', 'redirect, noredirect, nohttp or nohttps'],
    ['VIRTUAL_PATH', '~ ^/x', 'a path that begins with /'],
    ['VIRTUAL_DEST', 'x', 'a path that begins with /'],
  ])('with %s: %s make no route', (variable, value, expected) => {
    expect(web({ VIRTUAL_HOST: 'a.org', [variable]: value })).toEqual({
      routes: [],
      findings: [`CMP1432 web/environment/${variable} ${variable} ${expected}`],
    });
  });

  it('with several ports are named as a whole', () => {
    expect(web({ VIRTUAL_HOST: 'a.org', VIRTUAL_HOST_MULTIPORTS: 'b.org: {}' })).toEqual({
      routes: [],
      findings: ['CMP1431 web/environment/VIRTUAL_HOST_MULTIPORTS'],
    });
  });

  it('without a counterpart are named', () => {
    expect(web({ VIRTUAL_HOST: 'a.org', CERT_NAME: 'shared', HSTS: 'off' }).findings).toEqual([
      'CMP1433 web/environment/CERT_NAME CERT_NAME',
      'CMP1433 web/environment/HSTS HSTS',
    ]);
    expect(web({ HSTS: 'off' }).findings).toEqual([]);
  });

  it('for one host and path of two services are said', () => {
    expect(
      read({ a: { environment: { VIRTUAL_HOST: 'a.org' } }, b: { environment: { VIRTUAL_HOST: 'a.org' } } }),
    ).toEqual({
      routes: ['a-org: host a.org to a', 'a-org-2: host a.org to b'],
      findings: ['CMP1411 b/environment/VIRTUAL_HOST a-org-2 a-org'],
    });
  });
});
