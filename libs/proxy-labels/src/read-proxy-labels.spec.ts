import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LabelledService } from './labelled-service.ts';
import { chooseRoute } from './matches.ts';
import { PROXY_RULES } from './proxy-rules.ts';
import { readProxyLabels } from './read-proxy-labels.ts';
import { labelled, read } from '../testing/labelled.ts';

const REQUEST = { path: '/', method: 'GET', headers: {}, query: {} };

describe('readProxyLabels', () => {
  it('reads what three proxies would, in the order of the file, and knows the proxy', () => {
    expect(
      read({
        proxy: {
          image: 'traefik:3.3',
          command: ['--providers.docker=true', '--entrypoints.web.address=:80'],
          mounts: ['/var/run/docker.sock'],
        },
        vh: { environment: { VIRTUAL_HOST: 'vh.example.org', VIRTUAL_PORT: '80' } },
        whoami: {
          labels: {
            'traefik.enable': 'true',
            'traefik.http.routers.who.rule': 'Host(`who.example.org`) && PathPrefix(`/x`)',
            'traefik.http.services.who.loadbalancer.server.port': '80',
            'com.example.bad label': 'a b/c$',
          },
        },
        cad: { labels: { caddy: 'http://cad.example.org', 'caddy.reverse_proxy': '{{upstreams 80}}' } },
      }),
    ).toEqual({
      routes: [
        'vh-example-org: host vh.example.org to vh:80',
        'who: (host who.example.org & path-prefix /x) to whoami:80',
        'cad-example-org: host cad.example.org to cad:80',
      ],
      findings: ['CMP1441 proxy Traefik'],
    });
  });

  it('says nothing of services without such labels', () => {
    expect(
      readProxyLabels(labelled({ web: { labels: { 'com.example.team': 'a' }, environment: { A: 'b' } } })),
    ).toEqual({
      routes: [],
      streams: [],
      findings: [],
      proxies: [],
    });
  });

  it('gives no two routes one name', () => {
    const { routes } = readProxyLabels(
      labelled({
        a: {
          labels: {
            'traefik.http.routers.a-org.rule': 'Host(`x.org`)',
            caddy: 'http://a.org',
            'caddy.reverse_proxy': 'b',
          },
        },
        b: { environment: { VIRTUAL_HOST: 'a.org' }, labels: { 'traefik.http.routers.a-org-2.rule': 'Host(`y.org`)' } },
      }),
    );
    expect(routes.map(({ name }) => name)).toEqual(['a-org', 'a-org-3', 'a-org-2', 'a-org-4']);
  });

  it('has a text for each finding', () => {
    for (const [code, { title, message }] of Object.entries(PROXY_RULES)) {
      expect(code).toMatch(/^CMP14[0-4]\d$/);
      expect(title).not.toBe('');
      expect(message).toBeInstanceOf(Function);
    }
  });
});

describe('chooseRoute', () => {
  const { routes } = readProxyLabels(
    labelled({
      web: {
        labels: {
          'traefik.http.routers.all.rule': 'Host(`a.org`)',
          'traefik.http.routers.api.rule': 'Host(`a.org`) && PathPrefix(`/api`)',
          'traefik.http.routers.first.rule': 'PathPrefix(`/`)',
          'traefik.http.routers.first.priority': '1',
          'traefik.http.routers.urgent.rule': 'Path(`/api/urgent`)',
          'traefik.http.routers.urgent.priority': '1000',
        },
      },
    }),
  );

  it.each([
    ['a.org', '/', 'all'],
    ['a.org', '/apis', 'api'],
    ['b.org', '/api', 'first'],
    ['a.org', '/api/urgent', 'urgent'],
  ])('of %s%s is %s, by priority', (host, path, name) => {
    expect(chooseRoute(routes, { ...REQUEST, host, path })?.name).toBe(name);
  });

  it('is none where no route takes the request', () => {
    expect(chooseRoute(routes.slice(0, 1), { ...REQUEST, host: 'b.org' })).toBeUndefined();
  });
});

describe('whatever stands in labels and variables', () => {
  const key = fc.oneof(
    fc.string(),
    fc
      .array(
        fc.constantFrom(
          ...[
            'traefik',
            'http',
            'routers',
            'services',
            'middlewares',
            'rule',
            'tls',
            'domains[0]',
            '[0]',
            'x]',
            'chain',
          ],
          ...['loadbalancer', 'server', 'port', 'enable', 'caddy', 'caddy_1', 'handle', 'reverse_proxy', 'basic_auth'],
          ...['headers', 'customrequestheaders', 'basicauth', 'users', 'tcp', '', 'a', '__proto__', 'constructor'],
        ),
        { maxLength: 7 },
      )
      .map((names) => names.join('.')),
    fc.constantFrom(
      ...['traefik.http.routers.a.rule', 'traefik.http.routers.a.middlewares', 'traefik.http.routers.__proto__.rule'],
      ...['traefik.http.routers.b.service', 'traefik.http.middlewares.a.chain.middlewares'],
      ...['traefik.http.services.a.loadbalancer.server.port', 'VIRTUAL_HOST', 'VIRTUAL_PATH', 'LETSENCRYPT_HOST'],
    ),
  );
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom('Host(`a.org`)', 'a', 'a,b', 'true', '80', '{{upstreams 80}}', '/x/*', 'a.org', '*', '~^a', '((('),
  );
  const entries = fc.array(fc.record({ key, value, path: fc.constantFrom('/a', '/b', '/c') }), { maxLength: 12 });
  const service: fc.Arbitrary<LabelledService> = fc.record({
    name: fc.constantFrom('a', 'b', 'c', '__proto__'),
    image: fc.option(fc.constantFrom('traefik:v2', 'traefik', 'nginx', 'caddy-docker-proxy', ':@/'), {
      nil: undefined,
    }),
    command: fc.array(fc.oneof(fc.string(), fc.constantFrom('--entrypoints.a.http.tls', '--entrypoints.a.b=c'))),
    labels: entries,
    environment: entries,
    mounts: fc.array(fc.constantFrom('/var/run/docker.sock', '/data')),
    mountedAt: fc.subarray(['/etc/nginx/htpasswd', '/data']),
    ports: fc.constant([]),
  });

  it('it is read, with names told apart and alternatives for each route', () => {
    fc.assert(
      fc.property(fc.array(service, { maxLength: 4 }), (services) => {
        const { routes, findings } = readProxyLabels(services);
        expect(new Set(routes.map(({ name }) => name)).size).toBe(routes.length);
        expect(routes.every(({ alternatives }) => alternatives.length > 0)).toBe(true);
        for (const { code, params } of findings) {
          expect(PROXY_RULES[code].message(params as never)).not.toContain('undefined');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('it is read without running out of depth', () => {
    const deep = Array.from({ length: 50_000 }, () => 'a').join('.');
    const labels = {
      'traefik.http.routers.w.rule': 'Host(`a.org`)',
      [`traefik.http.middlewares.m.plugin.${deep}`]: '1',
      [`caddy.${deep}`]: '1',
      [`traefik.tcp.routers.${deep}`]: '1',
    };
    const { routes } = readProxyLabels(labelled({ a: { labels }, b: { labels } }));
    expect(routes).toHaveLength(0);
    expect(readProxyLabels(labelled({ a: { labels } })).routes).toHaveLength(1);
  });

  it('chains of chains end', () => {
    const chains = Array.from({ length: 200 }, (_, at) => [
      `traefik.http.middlewares.m${at}.chain.middlewares`,
      `m${at + 1},m${at + 1}`,
    ]);
    const labels = {
      'traefik.http.routers.w.rule': 'Host(`a.org`)',
      'traefik.http.routers.w.middlewares': 'm0',
      ...Object.fromEntries(chains),
      'traefik.http.middlewares.m200.addprefix.prefix': '/x',
    };
    const { routes, findings } = readProxyLabels(labelled({ web: { labels } }));
    expect(routes).toEqual([]);
    expect(findings.map(({ code }) => code)).toContain('CMP1409');
  });
});
