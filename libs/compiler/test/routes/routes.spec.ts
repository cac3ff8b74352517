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

function compiled(
  labels: Readonly<Record<string, string>>,
  {
    routes = GATEWAY,
    spec = {},
    ...service
  }: { routes?: RouteTarget; spec?: DeploymentSpec; 'x-ushadow'?: Record<string, string[] | string> } = {},
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

  it.each(['basicAuth', 'door', '*'])('the route is made once somebody agrees to do without %s', (filter) => {
    const { result, of, findings } = compiled(labels, { spec: { withoutFilters: [filter] } });
    expect(of('HTTPRoute')).toHaveLength(1);
    expect([findings, result.ok]).toEqual([['CMP1454'], true]);
    const inFile = compiled(labels, { 'x-ushadow': { without_filters: [filter] } });
    expect(inFile.findings).toEqual(['CMP1454']);
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
