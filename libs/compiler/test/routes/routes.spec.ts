import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import type { DeploymentSpec, GatewayTarget, RouteTarget } from '../../src/compile-input.ts';
import { compileProject } from '../../src/testing/compile-project.ts';

const GATEWAY: GatewayTarget = {
  kind: 'gateway',
  name: 'public',
  namespace: 'edge',
  listeners: [
    { name: 'web', protocol: 'HTTP', port: 80 },
    { name: 'wildcard', protocol: 'HTTPS', port: 443, hostname: '*.tls.org' },
  ],
};

/** Labels of Traefik without their common beginning. */
const traefik = (labels: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).map(([key, value]) => [`traefik.http.${key}`, value]));

const numbered = (key: string, count: number): readonly (readonly [string, string])[] =>
  Array.from({ length: count }, (_, i) => [`${key}-${i}`, '1'] as const);

function compiled(
  labels: Readonly<Record<string, string>>,
  {
    routes = GATEWAY,
    spec = {},
    ...service
  }: { routes?: RouteTarget; spec?: DeploymentSpec; [key: string]: unknown } = {},
) {
  const web = { expose: ['3000'], labels: { ...labels }, ...service };
  const result = compileProject({ services: { web } }, { target: { routes }, specs: { web: spec } });
  const findings = result.diagnostics.filter(({ code }) => /^CMP14/.test(code)).map(({ code }) => code);
  return { result, findings, of: (kind: string) => result.objects.filter((object) => object.kind === kind) };
}

/** Of an HTTPRoute: hosts, and of each rule its paths, the types of its filters and where it leads. */
function facts({ spec }: KubeObject) {
  const { hostnames, rules, parentRefs } = spec as {
    hostnames?: readonly string[];
    parentRefs: readonly { name: string; sectionName?: string; port?: number; kind?: string }[];
    rules: readonly {
      matches: readonly { path: { value: string } }[];
      filters?: readonly Record<string, unknown>[];
      backendRefs?: readonly { name: string; port: number }[];
    }[];
  };
  return {
    hostnames,
    parents: parentRefs.map(({ name, kind, sectionName }) => [kind ?? 'Gateway', name, sectionName].join(' ').trim()),
    rules: rules.map(({ matches, filters = [], backendRefs = [] }) => ({
      paths: matches.map(({ path }) => path.value),
      filters: Object.fromEntries(filters.flatMap(({ type: _type, ...filter }) => Object.entries(filter))),
      to: backendRefs.map(({ name, port }) => `${name}:${port}`),
    })),
  };
}

describe('routes of a Gateway', () => {
  it('hosts with the same paths are one HTTPRoute, others their own: no host gets the paths of another', () => {
    const rule = '(Host(`a.org`) || Host(`b.org`)) && PathPrefix(`/x`) || Host(`c.org`) && Path(`/y`)';
    const { of, findings } = compiled(traefik({ 'routers.web.rule': rule }));
    expect(of('HTTPRoute').map(facts)).toEqual([
      {
        hostnames: ['a.org', 'b.org'],
        parents: ['Gateway public web'],
        rules: [{ paths: ['/x'], filters: {}, to: ['web:3000'] }],
      },
      {
        hostnames: ['c.org'],
        parents: ['Gateway public web'],
        rules: [{ paths: ['/y'], filters: {}, to: ['web:3000'] }],
      },
    ]);
    expect(findings).toEqual(['CMP1458']);
  });

  it('a prefix is stripped where it is matched, and below what is matched by a rule of its own', () => {
    const strip = { 'middlewares.s.stripprefix.prefixes': '/api', 'routers.web.middlewares': 's' };
    const { of } = compiled(traefik({ 'routers.web.rule': 'Host(`a.org`)', ...strip }));
    const header = { requestHeaderModifier: { set: [{ name: 'X-Forwarded-Prefix', value: '/api' }] } };
    expect(of('HTTPRoute').map(facts)[0]?.rules).toEqual([
      {
        paths: ['/api'],
        filters: { ...header, urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } },
        to: ['web:3000'],
      },
      { paths: ['/'], filters: {}, to: ['web:3000'] },
    ]);
    const deeper = compiled(traefik({ 'routers.web.rule': 'Host(`a.org`) && PathPrefix(`/api/v1`)', ...strip }));
    expect(deeper.of('HTTPRoute').map(facts)[0]?.rules).toMatchObject([
      { paths: ['/api/v1'], filters: { urlRewrite: { path: { replacePrefixMatch: '/v1' } } } },
    ]);
    const exact = compiled(traefik({ 'routers.web.rule': 'Host(`a.org`) && Path(`/api/v1`)', ...strip }));
    expect(exact.of('HTTPRoute').map(facts)[0]?.rules).toMatchObject([
      { paths: ['/api/v1'], filters: { urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/v1' } } } },
    ]);
  });

  it('a prefix is added, and headers are set and removed', () => {
    const { of } = compiled(
      traefik({
        'routers.web.rule': 'Host(`a.org`)',
        'routers.web.middlewares': 'p,h',
        'middlewares.p.addprefix.prefix': '/app',
        'middlewares.h.headers.customrequestheaders.X-A': '1',
        'middlewares.h.headers.customresponseheaders.Server': '',
      }),
    );
    expect(of('HTTPRoute').map(facts)[0]?.rules[0]?.filters).toEqual({
      requestHeaderModifier: { set: [{ name: 'X-A', value: '1' }] },
      responseHeaderModifier: { remove: ['Server'] },
      urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/app' } },
    });
  });

  it('a redirect to HTTPS holds on to plain listeners alone, and what has TLS to those of its host', () => {
    const { of, findings } = compiled(
      traefik({
        'routers.plain.rule': 'Host(`shop.tls.org`)',
        'routers.plain.middlewares': 'r',
        'middlewares.r.redirectscheme.scheme': 'https',
        'middlewares.r.redirectscheme.permanent': 'true',
        'routers.secure.rule': 'Host(`shop.tls.org`)',
        'routers.secure.tls': 'true',
      }),
    );
    expect(of('HTTPRoute').map(facts)).toEqual([
      {
        hostnames: ['shop.tls.org'],
        parents: ['Gateway public web'],
        rules: [{ paths: ['/'], filters: { requestRedirect: { scheme: 'https', statusCode: 301 } }, to: [] }],
      },
      {
        hostnames: ['shop.tls.org'],
        parents: ['Gateway public wildcard'],
        rules: [{ paths: ['/'], filters: {}, to: ['web:3000'] }],
      },
    ]);
    expect(findings).toEqual([]);
  });

  it('TLS for a host without a listener: a ListenerSet where the Gateway takes them, else the listener to add is told', () => {
    const labels = traefik({ 'routers.web.rule': 'Host(`a.org`)', 'routers.web.tls.certresolver': 'le' });
    const bare = compiled(labels);
    expect(bare.findings).toEqual(['CMP1460']);
    expect(bare.of('HTTPRoute').map(facts)[0]?.parents).toEqual(['Gateway public https-a-org']);
    expect(bare.result.diagnostics.find(({ code }) => code === 'CMP1460')?.remedy).toContain('hostname: "a.org"');
    const issuer = { kind: 'ClusterIssuer', name: 'letsencrypt' } as const;
    const own = compiled(labels, { routes: { ...GATEWAY, listenerSets: true, issuer } });
    expect(own.findings).toEqual([]);
    expect(own.of('HTTPRoute').map(facts)[0]?.parents).toEqual(['ListenerSet demo-https-a-org']);
    expect(own.of('ListenerSet')).toMatchObject([
      {
        metadata: { name: 'demo-https-a-org', annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
        spec: {
          parentRef: { name: 'public', namespace: 'edge' },
          listeners: [{ hostname: 'a.org', port: 443, protocol: 'HTTPS' }],
        },
      },
    ]);
  });

  it('a public address gets TLS where certificates are issued, and plain HTTP is sent there', () => {
    const issuer = { kind: 'ClusterIssuer', name: 'letsencrypt' } as const;
    const spec = { publicAt: ['shop.example.org:3000/api'] };
    const plain = compiled({}, { spec });
    expect(plain.of('HTTPRoute').map(facts)).toMatchObject([
      { hostnames: ['shop.example.org'], rules: [{ paths: ['/api'], to: ['web:3000'] }] },
    ]);
    const secure = compiled({}, { spec, routes: { ...GATEWAY, listenerSets: true, issuer } });
    expect(secure.of('HTTPRoute').map(facts)).toMatchObject([
      { parents: ['ListenerSet demo-https-shop-example-org'], rules: [{ paths: ['/api'], to: ['web:3000'] }] },
      { parents: ['Gateway public web'], rules: [{ filters: { requestRedirect: { scheme: 'https' } } }] },
    ]);
  });

  const withMiddleware = (rule: string, middleware: Readonly<Record<string, string>>) => {
    const own = Object.entries(middleware).map(([key, value]): [string, string] => [`middlewares.m.${key}`, value]);
    return traefik({ 'routers.web.rule': rule, 'routers.web.middlewares': 'm', ...Object.fromEntries(own) });
  };

  it('a prefix that is replaced has one match in its rule, as Gateway API wants it', () => {
    const rule = 'Host(`a.org`) && PathPrefix(`/api`) && (Method(`GET`) || Method(`PUT`))';
    const { of, result } = compiled(withMiddleware(rule, { 'stripprefix.prefixes': '/api,/api/' }));
    expect(
      of('HTTPRoute')
        .map(facts)[0]
        ?.rules.map(({ paths }) => paths),
    ).toEqual([['/api'], ['/api']]);
    expect(result.ok).toBe(true);
  });

  it.each([
    ['Host(`a.org`)', '/', '/', { set: [{ name: 'X-Forwarded-Prefix', value: '/' }] }, undefined],
    [
      'Host(`a.org`) && PathPrefix(`/api`)',
      '/ap',
      '/api',
      { set: [{ name: 'X-Forwarded-Prefix', value: '/ap' }] },
      '/i',
    ],
    ['Host(`a.org`) && Path(`/api`)', '/api/', '/api', undefined, undefined],
    ['Host(`a.org`)', 'api', '/', undefined, undefined],
  ])('of %s the prefix %s is stripped as Traefik does it', (rule, prefix, path, headers, to) => {
    const { of, result } = compiled(withMiddleware(rule, { 'stripprefix.prefixes': prefix }));
    const rewrite = { urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: to } } };
    const filters = { ...(headers && { requestHeaderModifier: headers }), ...(to && rewrite) };
    expect(of('HTTPRoute').map(facts)[0]?.rules).toMatchObject([{ paths: [path], filters }]);
    expect(of('HTTPRoute').map(facts)[0]?.rules[0]?.filters).toEqual(filters);
    expect(result.ok).toBe(true);
  });

  it.each([
    'Method(`PROPFIND`)',
    'Query(`a`)',
    'Query(`a b`, `1`)',
    'Header(`X A`, `1`)',
    'Path(`/a b`)',
    'PathPrefix(`/ä`)',
    'Path(`/a#b`)',
    `PathPrefix(\`/${'x'.repeat(1100)}\`)`,
    Array.from({ length: 17 }, (_, i) => `Header(\`X-${i}\`, \`1\`)`).join(' && '),
  ])('what asks for %s is left out and named, and the rest is served', (part) => {
    const rule = `Host(\`a.org\`) && ${part} || Host(\`b.org\`)`;
    const { of, findings, result } = compiled(traefik({ 'routers.web.rule': rule }));
    expect(of('HTTPRoute').map(facts)).toMatchObject([{ hostnames: ['b.org'] }]);
    expect(findings).toEqual(['CMP1469']);
    expect(result.ok).toBe(true);
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['a name that is none', { 'headers.customrequestheaders.X A': '1' }],
    ['a value of two lines', { 'headers.customresponseheaders.X-A': 'a\nb' }],
    ['a value that is too long', { 'headers.contentsecuritypolicy': 'x'.repeat(5000) }],
    ['the host itself', { 'headers.customrequestheaders.Host': 'x.org' }],
    ['a method that is none', { 'headers.accesscontrolallowmethods': 'GET,PROPFIND' }],
    ['an origin that is none', { 'headers.accesscontrolalloworiginlist': 'a.org' }],
    ['no time', { 'headers.accesscontrolalloworiginlist': '*', 'headers.accesscontrolmaxage': '0' }],
    ['more than a rule takes', Object.fromEntries(numbered('headers.customrequestheaders.X', 17))],
    ['a prefix that no path begins with', { 'stripprefix.prefixes': '/a b' }],
    ['a prefix that is too long', { 'addprefix.prefix': `/${'x'.repeat(1100)}` }],
  ])('a filter with %s is no invalid object, but the error that it cannot be expressed', (_, middleware) => {
    const { of, result } = compiled(withMiddleware('Host(`a.org`)', middleware));
    expect(of('HTTPRoute')).toEqual([]);
    expect(result.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'CMP1453',
    ]);
  });

  it.each<readonly [string, RouteTarget, readonly string[]]>([
    ['an HTTPRoute takes it off', GATEWAY, []],
    ['the service gets it from an Ingress, which is said', { kind: 'ingress' }, ['CMP1473']],
  ])('a path that an address has and its service is not to get: %s', (_, routes, expected) => {
    const { of, findings, result } = compiled({}, { routes, spec: { publicAt: ['a.org/api#strip'] } });
    expect([findings.filter((code) => code !== 'CMP1462'), result.ok]).toEqual([expected, true]);
    expect(of(routes.kind === 'gateway' ? 'HTTPRoute' : 'Ingress')).toHaveLength(1);
  });

  it('a path with a secret in it is a path like others', () => {
    const secret = 's3cr3t-of-the-hook-4711';
    const labels = traefik({ 'routers.web.rule': `Host(\`a.org\`) && Path(\`/${secret}\`)` });
    const { of, findings } = compiled(labels, { environment: { HOOK_TOKEN: secret } });
    expect(
      of('HTTPRoute')
        .map(facts)[0]
        ?.rules.map(({ paths }) => paths),
    ).toEqual([[`/${secret}`]]);
    expect(findings).toEqual([]);
  });

  it('headers of several middlewares are no more together than a rule takes', () => {
    const labels = traefik({
      'routers.web.rule': 'Host(`a.org`)',
      'routers.web.middlewares': 'm,n',
      ...Object.fromEntries(numbered('middlewares.m.headers.customrequestheaders.X', 10)),
      ...Object.fromEntries(numbered('middlewares.n.headers.customrequestheaders.Y', 10)),
    });
    const { result } = compiled(labels, { spec: { withoutFilters: ['n'] } });
    expect([compiled(labels).findings, result.ok]).toEqual([['CMP1453'], true]);
  });

  it('each host with TLS has a listener of its own name, and each HTTPRoute those of its own hosts', () => {
    const names = [
      '*.a.org',
      'any.a.org',
      'my-app.a.org',
      'my.app.a.org',
      `${'x'.repeat(60)}.a.org`,
      `${'x'.repeat(60)}.b.org`,
    ];
    const hosts = [...names, ...Array.from({ length: 40 }, (_, i) => `h${i}.org`)];
    const rule = hosts.map((host) => `Host(\`${host}\`)`).join(' || ');
    const { of, result } = compiled(traefik({ 'routers.web.rule': rule, 'routers.web.tls': 'true' }), {
      routes: { ...GATEWAY, listenerSets: true },
    });
    expect(result.ok).toBe(true);
    expect(new Set(of('ListenerSet').map(({ metadata }) => metadata.name)).size).toBe(hosts.length);
    for (const { hostnames, parents } of of('HTTPRoute').map(facts))
      expect(parents).toHaveLength(hostnames?.length ?? 0);
  });

  it('TLS holds on to the listener with the longest name, which alone gets the connections', () => {
    const listeners = [
      { name: 'any', protocol: 'HTTPS', port: 443 },
      { name: 'shop', protocol: 'HTTPS', port: 443, hostname: 'shop.tls.org' },
      { name: 'wild', protocol: 'HTTPS', port: 443, hostname: '*.tls.org' },
    ];
    const { of } = compiled(traefik({ 'routers.web.rule': 'Host(`shop.tls.org`)', 'routers.web.tls': 'true' }), {
      routes: { ...GATEWAY, listeners },
    });
    expect(of('HTTPRoute').map(facts)[0]?.parents).toEqual(['Gateway public shop']);
  });

  it('plain HTTP holds on to listeners that take one of its hosts', () => {
    const listeners = [
      { name: 'any', protocol: 'HTTP', port: 80 },
      { name: 'other', protocol: 'HTTP', port: 80, hostname: 'other.org' },
      { name: 'below', protocol: 'HTTP', port: 80, hostname: 'x.a.org' },
    ];
    const { of } = compiled(traefik({ 'routers.web.rule': 'Host(`*.a.org`)' }), { routes: { ...GATEWAY, listeners } });
    expect(of('HTTPRoute').map(facts)[0]?.parents).toEqual(['Gateway public any', 'Gateway public below']);
  });

  it('what a public address or a label of kompose needs for TLS is said, and the Secret of the label is used', () => {
    const issuer = { kind: 'ClusterIssuer', name: 'le' } as const;
    const spec = { publicAt: ['a.org'] };
    expect(compiled({}, { spec, routes: { ...GATEWAY, issuer } }).findings).toEqual(['CMP1460']);
    const labels = { 'kompose.service.expose': 'a.org', 'kompose.service.expose.tls-secret': 'mine' };
    const ports = [{ target: 80, published: '80', protocol: 'tcp' }];
    expect(compiled(labels, { ports }).findings).toEqual(['CMP1460']);
    const sets = { ...GATEWAY, listenerSets: true };
    const { of, findings } = compiled(labels, { ports, routes: sets });
    expect(of('ListenerSet')).toMatchObject([
      { spec: { listeners: [{ tls: { certificateRefs: [{ name: 'mine' }] } }] } },
    ]);
    expect(findings).toEqual([]);
    const router = traefik({ 'routers.web.rule': 'Host(`a.org`)', 'routers.web.tls': 'true' });
    expect(compiled(router, { routes: sets }).findings).toEqual(['CMP1462']);
  });

  it('no two HTTPRoutes of a project have one name', () => {
    const issuer = { kind: 'ClusterIssuer', name: 'le' } as const;
    const expose = ['80'];
    const many = Array.from({ length: 17 }, (_, i) => `Host(\`h${i}.org\`)`).join(' || ');
    const services = {
      web: { expose, labels: traefik({ 'routers.web.rule': many }) },
      'web-2': { expose, labels: traefik({ 'routers.web-2.rule': 'Host(`x.org`)' }) },
      shop: { expose, 'x-ushadow': { public_at: 'a.org' } },
      'shop-to-https': { expose, 'x-ushadow': { public_at: 'b.org' } },
    };
    const result = compileProject({ services }, { target: { routes: { ...GATEWAY, listenerSets: true, issuer } } });
    const names = result.objects.flatMap(({ kind, metadata }) => (kind === 'HTTPRoute' ? [metadata.name] : []));
    expect(names).toEqual(expect.arrayContaining(['web', 'web-2', 'shop', 'shop-to-https']));
    expect([names.length, new Set(names).size, result.ok]).toEqual([7, 7, true]);
  });

  it('many prefixes that are stripped are no more HTTPRoutes than their rules need', () => {
    const prefixes = Array.from({ length: 160 }, (_, i) => `/p${i}`).join();
    const { of, result } = compiled(withMiddleware('Host(`a.org`)', { 'stripprefix.prefixes': prefixes }));
    expect([of('HTTPRoute').length, result.ok]).toEqual([11, true]);
  });

  it('more hosts or matches than one HTTPRoute takes make several, none of them beyond the limits', () => {
    const hosts = Array.from({ length: 40 }, (_, i) => `Host(\`h${i}.org\`)`).join(' || ');
    const paths = Array.from({ length: 4 }, (_, i) => `Path(\`/p${i}\`)`).join(' || ');
    const { of, result } = compiled(traefik({ 'routers.web.rule': `(${hosts}) && (${paths})` }));
    expect(result.ok).toBe(true);
    expect(of('HTTPRoute')).toHaveLength(3);
    expect(new Set(of('HTTPRoute').map(({ metadata }) => metadata.name)).size).toBe(3);
  });
});

describe('routes of an Ingress', () => {
  const routes: RouteTarget = { kind: 'ingress', className: 'traefik' };

  it('one Ingress has all hosts and paths of a service', () => {
    const labels = traefik({
      'routers.web.rule': 'Host(`a.org`) && PathPrefix(`/x`)',
      'routers.api.rule': 'Host(`b.org`) && Path(`/y`)',
      'routers.api.tls': 'true',
    });
    const { of, findings } = compiled(labels, { routes });
    expect(of('Ingress')).toMatchObject([
      {
        metadata: { name: 'web' },
        spec: {
          ingressClassName: 'traefik',
          tls: [{ hosts: ['b.org'], secretName: 'web-tls' }],
          rules: [
            { host: 'a.org', http: { paths: [{ path: '/x', pathType: 'Prefix' }] } },
            { host: 'b.org', http: { paths: [{ path: '/y', pathType: 'Exact' }] } },
          ],
        },
      },
    ]);
    expect(findings.toSorted()).toEqual(['CMP1458', 'CMP1462']);
  });

  it.each(['Method(`GET`)', 'Header(`X-A`, `1`)', 'Query(`q`, `1`)'])(
    'what asks for %s is left out, since without it more requests would come in',
    (part) => {
      const rule = `Host(\`a.org\`) && ${part} || Host(\`b.org\`)`;
      const { of, findings } = compiled(traefik({ 'routers.web.rule': rule }), { routes });
      expect(of('Ingress')).toMatchObject([{ spec: { rules: [{ host: 'b.org' }] } }]);
      expect(findings).toEqual(['CMP1467']);
    },
  );

  it.each(['HostRegexp(`.+`)', '!Host(`b.org`)', 'ClientIP(`10.0.0.0/8`)', 'PathRegexp(`^/a`)'])(
    'what asks for %s is left out and named',
    (rule) => {
      const { of, findings } = compiled(traefik({ 'routers.web.rule': rule }), { routes });
      expect(of('Ingress')).toEqual([]);
      expect(findings).toEqual(['CMP1451']);
    },
  );

  it.each(['Host(`my_app.org`)', 'Host(`10.0.0.1`)', 'Path(`/a//b`)', 'Path(`/a/..`)', 'Path(`/a%2fb`)'])(
    'what asks for %s, which no object can have, is left out and named, and the rest is served',
    (part) => {
      for (const target of [routes, GATEWAY]) {
        const { of, findings, result } = compiled(traefik({ 'routers.web.rule': `${part} || Host(\`b.org\`)` }), {
          routes: target,
        });
        expect([...of('Ingress'), ...of('HTTPRoute')]).toHaveLength(1);
        expect([findings, result.ok]).toEqual([['CMP1451'], true]);
      }
    },
  );

  it('the host * is any', () => {
    const { of, result } = compiled(traefik({ 'routers.web.rule': 'Host(`*`) && PathPrefix(`/`)' }), { routes });
    expect(JSON.stringify(of('Ingress')[0]?.['spec'])).not.toContain('host');
    expect([of('Ingress').length, result.ok]).toEqual([1, true]);
  });

  it('of routes with one address each is told, and no order between them', () => {
    const labels = traefik({ 'routers.web.rule': 'Host(`a.org`)', 'routers.web.priority': '7' });
    const services = {
      web: { expose: ['80'], labels },
      third: { expose: ['80'], labels: traefik({ 'routers.t.rule': 'Host(`a.org`)', 'routers.t.priority': '8' }) },
      other: { expose: ['80'], labels: traefik({ 'routers.o.rule': 'Host(`a.org`)' }) },
    };
    const { diagnostics } = compileProject({ services }, { target: { routes } });
    expect(diagnostics.flatMap(({ code }) => (/^CMP14/.test(code) ? [code] : [])).toSorted()).toEqual([
      'CMP1456',
      'CMP1456',
      'CMP1463',
      'CMP1463',
    ]);
  });

  it('a class that Ingress NGINX carries out is warned of', () => {
    const nginx: RouteTarget = { kind: 'ingress', className: 'nginx', controller: 'k8s.io/ingress-nginx' };
    expect(compiled({}, { routes: nginx, spec: { publicAt: ['a.org'] } }).findings).toEqual(['CMP1461']);
    expect(compiled({}, { routes: nginx }).findings).toEqual([]);
  });
});

describe('filters that a target cannot express', () => {
  const labels = traefik({
    'routers.web.rule': 'Host(`a.org`)',
    'routers.web.middlewares': 'door',
    'middlewares.door.basicauth.users': 'me:$apr1$xyz',
  });

  it.each<RouteTarget>([GATEWAY, { kind: 'ingress' }])(
    'no password is lost: the route is not made by a $kind, and that is an error',
    (routes) => {
      const { result, of, findings } = compiled(labels, { routes });
      expect([of('HTTPRoute'), of('Ingress')]).toEqual([[], []]);
      expect([findings, result.ok]).toEqual([['CMP1453'], false]);
      expect(JSON.stringify(result.diagnostics)).not.toContain('apr1');
    },
  );

  it('what a middleware defined elsewhere guards is no part of a wider route without it: that is an error', () => {
    const guarded = traefik({
      'routers.all.rule': 'Host(`a.org`)',
      'routers.admin.rule': 'Host(`a.org`) && PathPrefix(`/admin`)',
      'routers.admin.middlewares': 'auth@file',
    });
    const { result, findings } = compiled(guarded);
    expect([findings.includes('CMP1453'), result.ok]).toEqual([true, false]);
    expect(compiled(guarded, { spec: { withoutFilters: ['auth@file'] } }).result.ok).toBe(true);
  });

  it.each([
    'Host(`a.org`) && PathRegexp(`^/admin`)',
    'HostRegexp(`^a\\.org$`) && PathPrefix(`/admin`)',
    'Host(`a.org`) && !PathPrefix(`/open`)',
  ])('nor is what a route guards that cannot be said at all: %s', (rule) => {
    const guarded = traefik({
      'routers.all.rule': 'Host(`a.org`)',
      'routers.admin.rule': rule,
      'routers.admin.middlewares': 'door',
      'middlewares.door.basicauth.users': 'me:$apr1$xyz',
    });
    const { result, findings } = compiled(guarded);
    expect([findings.toSorted(), result.ok]).toEqual([['CMP1451', 'CMP1453'], false]);
    expect(compiled(guarded, { spec: { withoutFilters: ['basicAuth'] } }).result.ok).toBe(true);
    expect(compiled(guarded, { spec: { publicAt: ['b.org'] } }).result.ok).toBe(true);
  });

  it('what a middleware that nothing defines guards is none either, until somebody agrees', () => {
    const guarded = traefik({
      'routers.all.rule': 'Host(`a.org`)',
      'routers.admin.rule': 'Host(`a.org`) && PathPrefix(`/admin`)',
      'routers.admin.middlewares': 'auth',
    });
    const { result, findings } = compiled(guarded);
    expect([findings.includes('CMP1471'), findings.includes('CMP1453'), result.ok]).toEqual([true, false, false]);
    expect(compiled(guarded, { spec: { withoutFilters: ['auth'] } }).result.ok).toBe(true);
  });

  it.each(['basicAuth', 'door', '*'])('the route is made once somebody agrees to do without %s', (filter) => {
    const { result, of, findings } = compiled(labels, { spec: { withoutFilters: [filter] } });
    expect(of('HTTPRoute')).toHaveLength(1);
    expect([findings, result.ok]).toEqual([['CMP1454'], true]);
    const inFile = compiled(labels, { 'x-ushadow': { without_filters: [filter] } });
    expect(inFile.findings).toEqual(['CMP1454']);
  });
});

describe('a redirect that nobody has written', () => {
  it('is no error for an Ingress, which leaves it to its controller, and is made by a Gateway', () => {
    const labels = { caddy: 'a.tls.org', 'caddy.reverse_proxy': '{{upstreams 3000}}' };
    const byIngress = compiled(labels, { routes: { kind: 'ingress' } });
    expect([byIngress.result.ok, byIngress.findings]).toEqual([true, ['CMP1462', 'CMP1470']]);
    expect(byIngress.of('Ingress')).toMatchObject([{ spec: { tls: [{ hosts: ['a.tls.org'] }] } }]);
    expect(compiled(labels).of('HTTPRoute')).toHaveLength(2);
  });
});

describe('what was asked for', () => {
  const labels = traefik({ 'routers.web.rule': 'Host(`a.org`)' });

  it('comes before what labels say, and an empty list means none', () => {
    const asked = compiled(labels, { spec: { publicAt: ['b.org'] } });
    expect(asked.of('HTTPRoute').map(facts)).toMatchObject([{ hostnames: ['b.org'] }]);
    expect(asked.findings).toEqual(['CMP1452']);
    expect(compiled(labels, { spec: { publicAt: [] } }).of('HTTPRoute')).toEqual([]);
    expect(
      compiled(labels, { 'x-ushadow': { public_at: 'c.org' } })
        .of('HTTPRoute')
        .map(facts),
    ).toMatchObject([{ hostnames: ['c.org'] }]);
  });

  it('an address that is none is an error that names it', () => {
    const { findings, result } = compiled({}, { spec: { publicAt: ['no host!'] } });
    expect([findings, result.ok]).toEqual([['CMP1459'], false]);
  });
});
