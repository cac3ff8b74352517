import { describe, expect, it } from '@jest/globals';
import { labelled, read } from '../../testing/labelled.ts';
import { readProxyLabels } from '../read-proxy-labels.ts';

const R = 'traefik.http.routers';
const S = 'traefik.http.services';
const M = 'traefik.http.middlewares';
const RULE = 'Host(`a.org`)';

/** Of one service, `web`. */
function web(labels: Readonly<Record<string, string>>): ReturnType<typeof read> {
  return read({ web: { labels } });
}

/** A router with one middleware. */
function filtered(labels: Readonly<Record<string, string>>): ReturnType<typeof read> {
  return web({ [`${R}.w.rule`]: RULE, [`${R}.w.middlewares`]: 'm', ...labels });
}

describe('routers of Traefik', () => {
  it('become routes with all that their labels say', () => {
    const { routes, findings } = readProxyLabels(
      labelled({
        web: {
          labels: {
            'traefik.enable': 'true',
            'traefik.docker.network': 'proxy',
            [`${R}.shop.rule`]: 'Host(`shop.example.org`) && PathPrefix(`/api`)',
            [`${R}.shop.entrypoints`]: 'websecure, other',
            [`${R}.shop.tls.certresolver`]: 'le',
            [`${R}.shop.middlewares`]: 'strip@docker',
            [`${M}.strip.stripprefix.prefixes`]: '/api, /v1',
            [`${S}.shop.loadbalancer.server.port`]: '8080',
          },
        },
      }),
    );
    const host = { kind: 'host', value: 'shop.example.org' };
    const prefix = { kind: 'path-prefix', value: '/api' };
    expect(findings).toEqual([]);
    expect(routes).toEqual([
      {
        name: 'shop',
        service: 'web',
        from: 'traefik',
        path: `/services/web/labels/${R}.shop.rule`,
        condition: { kind: 'and', of: [host, prefix] },
        alternatives: [{ all: [host, prefix], none: [] }],
        priority: 46,
        priorityGiven: false,
        filters: [
          {
            kind: 'strip-prefix',
            prefixes: ['/api', '/v1'],
            name: 'strip',
            path: `/services/web/labels/${M}.strip.stripprefix.prefixes`,
          },
        ],
        port: 8080,
        scheme: 'http',
        entryPoints: ['websecure', 'other'],
        tls: { resolver: 'le', hosts: ['shop.example.org'] },
      },
    ]);
  });

  it('are read whatever the case of their keys, but for their root and their names', () => {
    expect(
      web({ 'traefik.HTTP.Routers.Web.Rule': RULE, 'traefik.http.services.x.LoadBalancer.Server.PORT': '80' }),
    ).toEqual({
      routes: ['Web: host a.org to web:80'],
      findings: [],
    });
    expect(web({ 'Traefik.http.routers.w.rule': RULE })).toEqual({
      routes: [],
      findings: [
        'CMP1412 web/labels/Traefik.http.routers.w.rule Traefik.http.routers.w.rule traefik.http.routers.w.rule true',
      ],
    });
  });

  it('of keys that differ in case alone hear the one that sorts last', () => {
    expect(web({ [`${R}.w.rule`]: RULE, [`${R}.w.Rule`]: 'Host(`b.org`)' }).routes).toEqual(['w: host a.org to web']);
  });

  it('have the length of their rule in bytes as priority, unless one is given', () => {
    const { routes } = readProxyLabels(
      labelled({
        web: {
          labels: {
            [`${R}.a.rule`]: 'PathPrefix(`/é`)',
            [`${R}.b.rule`]: RULE,
            [`${R}.b.priority`]: '-5',
            [`${R}.c.rule`]: 'Host(`c.org`)',
            [`${R}.c.priority`]: '0',
          },
        },
      }),
    );
    expect(routes.map(({ priority, priorityGiven }) => [priority, priorityGiven])).toEqual([
      [17, false],
      [-5, true],
      [13, false],
    ]);
  });

  it.each([
    [{ tls: 'true' }, 'tls - a.org'],
    [{ tls: '' }, 'tls - a.org'],
    [{ 'tls.certresolver': 'le' }, 'tls le a.org'],
    [{ 'tls.domains[0].main': 'b.org', 'tls.domains[0].sans': '*.b.org, c.org' }, 'tls - b.org,*.b.org,c.org'],
    [{ 'tls.domains[1].main': 'c.org', 'tls.domains[0].main': 'b.org' }, 'tls - c.org,b.org'],
  ])('have TLS by %j', (labels, expected) => {
    const given = Object.fromEntries(Object.entries(labels).map(([key, value]) => [`${R}.w.${key}`, value]));
    expect(web({ [`${R}.w.rule`]: RULE, ...given }).routes).toEqual([`w: host a.org to web; ${expected}`]);
  });

  it('have none by tls: false, whatever stands below', () => {
    expect(web({ [`${R}.w.rule`]: RULE, [`${R}.w.tls`]: 'false', [`${R}.w.tls.certresolver`]: 'le' }).routes).toEqual([
      'w: host a.org to web',
    ]);
  });

  it('say that TLS may be meant where the entry point sounds like it and no proxy is here', () => {
    expect(web({ [`${R}.w.rule`]: RULE, [`${R}.w.entrypoints`]: 'websecure' })).toEqual({
      routes: ['w: host a.org to web; on websecure'],
      findings: [`CMP1419 web/labels/${R}.w.rule w websecure`],
    });
  });

  it('follow the syntax that is said', () => {
    expect(web({ [`${R}.w.rule`]: 'HostRegexp(`a.org`)', [`${R}.w.rulesyntax`]: 'v2' }).routes).toEqual([
      'w: host-pattern ^a\\.org$ to web',
    ]);
  });

  it.each([
    ['HostSNI(`a.org`)', 'CMP1401 w 0 HostSNI is for routes of TCP'],
    ['Host(`a.org`', 'CMP1401 w 12 expected , or )'],
    [Array.from({ length: 300 }, (_, at) => `Host(\`h${at}\`)`).join('||'), 'CMP1402 w 256'],
    ['', 'CMP1403 w'],
    ['  ', 'CMP1403 w'],
  ])('with the rule %.20s make a finding and no route', (rule, finding) => {
    const [code = '', ...said] = finding.split(' ');
    expect(web({ [`${R}.w.rule`]: rule })).toEqual({
      routes: [],
      findings: [`${code} web/labels/${R}.w.rule ${said.join(' ')}`],
    });
  });

  it('are asked for where a service is switched on without one', () => {
    expect(web({ 'traefik.enable': 'true' }).findings).toEqual(['CMP1403 web/labels/traefik.enable web']);
    expect(web({ [`${S}.x.loadbalancer.server.port`]: '80' }).findings).toEqual([
      `CMP1403 web/labels/${S}.x.loadbalancer.server.port web`,
    ]);
  });

  it('with equal rule and priority are said, where they listen at the same entry point', () => {
    const two = (a: string, b: string): readonly string[] =>
      web({
        [`${R}.a.rule`]: RULE,
        [`${R}.a.entrypoints`]: a,
        [`${R}.b.rule`]: RULE,
        [`${R}.b.entrypoints`]: b,
      }).findings;
    const said = [`CMP1411 web/labels/${R}.b.rule b a`];
    expect(two('web', 'web')).toEqual(said);
    expect(two('web,x', 'y,web')).toEqual(said);
    expect(two('', 'web')).toEqual(said);
    expect(two('web', 'other')).toEqual([]);
    expect(web({ [`${R}.a.rule`]: RULE, [`${R}.b.rule`]: RULE, [`${R}.b.tls`]: 'true' }).findings).toEqual([]);
    expect(web({ [`${R}.a.rule`]: RULE, [`${R}.b.rule`]: RULE, [`${R}.b.priority`]: '3' }).findings).toEqual([]);
  });

  it('defined twice make no route unless they say the same', () => {
    const one = { [`${R}.w.rule`]: RULE, [`${R}.w.service`]: 's' };
    const service = { [`${S}.s.loadbalancer.server.port`]: '80' };
    expect(read({ a: { labels: { ...one, ...service } }, b: { labels: one } })).toEqual({
      routes: ['w: host a.org to a:80'],
      findings: [],
    });
    expect(read({ a: { labels: { [`${R}.w.rule`]: RULE } }, b: { labels: { [`${R}.w.rule`]: RULE } } })).toEqual({
      routes: [],
      findings: [`CMP1410 b/labels/${R}.w.rule router w a,b`],
    });
  });
});

describe('services of Traefik', () => {
  const router = { [`${R}.w.rule`]: RULE };

  it('are the container itself where none is defined', () => {
    expect(web(router).routes).toEqual(['w: host a.org to web']);
  });

  it('are the only one of the container where the router names none', () => {
    expect(web({ ...router, [`${S}.s.loadbalancer.server.port`]: '80' }).routes).toEqual(['w: host a.org to web:80']);
  });

  it('must be named where there are several', () => {
    const labels = { [`${S}.s.loadbalancer.server.port`]: '80', [`${S}.t.loadbalancer.server.port`]: '81' };
    expect(web({ ...router, ...labels })).toEqual({
      routes: [],
      findings: [`CMP1404 web/labels/${R}.w.rule w s,t`],
    });
    expect(web({ ...router, ...labels, [`${R}.w.service`]: 't@docker' }).routes).toEqual(['w: host a.org to web:81']);
  });

  it('may be defined at another container', () => {
    expect(
      read({
        a: { labels: { ...router, [`${R}.w.service`]: 'other' } },
        b: {
          labels: { [`${S}.other.loadbalancer.server.port`]: '9000', [`${S}.other.loadbalancer.server.scheme`]: 'h2c' },
        },
      }).routes,
    ).toEqual(['w: host a.org to h2c b:9000']);
  });

  it.each([
    ['nowhere', 'CMP1405', 'w nowhere'],
    ['api@internal', 'CMP1406', 'w api@internal'],
    ['x@file', 'CMP1407', 'w x@file'],
  ])('%s cannot be led to', (name, code, said) => {
    expect(web({ ...router, [`${R}.w.service`]: name })).toEqual({
      routes: [],
      findings: [`${code} web/labels/${R}.w.service ${said}`],
    });
  });

  it('a redirect to the scheme that a request has already lets it through', () => {
    const labels = { [`${M}.m.redirectscheme.scheme`]: 'https' };
    const secure = { ...labels, [`${R}.w.tls`]: 'true' };
    expect(filtered(secure).routes).toEqual(['w: host a.org to web; tls - a.org']);
    expect(filtered({ ...secure, [`${M}.m.redirectscheme.port`]: '8443' }).routes).toEqual([
      'w: host a.org to web; tls - a.org; redirect-scheme {"scheme":"https","port":8443,"permanent":false}',
    ]);
    expect(filtered({ [`${M}.m.redirectscheme.scheme`]: 'http' }).routes).toEqual(['w: host a.org to web']);
  });

  it.each(['auth@file', 'auth@docker'])(
    '%s, which is defined elsewhere, stays by its name: it may be a password',
    (name) => {
      expect(web({ ...router, [`${R}.w.middlewares`]: name })).toEqual({
        routes: [`w: host a.org to web; other {"type":"${name}"}`],
        findings: [],
      });
    },
  );

  it('that answer nothing leave it to the middlewares', () => {
    const labels = { [`${R}.w.service`]: 'noop@internal', [`${M}.m.redirectscheme.scheme`]: 'https' };
    expect(filtered(labels).routes).toEqual([
      'w: host a.org to web; redirect-scheme {"scheme":"https","permanent":false}',
    ]);
  });

  it('outside of the project are said', () => {
    expect(web({ ...router, [`${S}.s.loadbalancer.server.url`]: 'http://192.168.1.5' })).toEqual({
      routes: [],
      findings: [`CMP1420 web/labels/${R}.w.rule w web`],
    });
  });

  it('without a load balancer refuse all labels', () => {
    expect(web({ ...router, [`${R}.w.service`]: 's', [`${S}.s.weighted.services[0].name`]: 'x' })).toEqual({
      routes: [],
      findings: [
        `CMP1414 web/labels/${S}.s.weighted.services[0].name ${S}.s a load balancer, as in loadbalancer.server.port`,
      ],
    });
  });

  it('of two containers are said', () => {
    const labels = { [`${S}.s.loadbalancer.server.port`]: '80' };
    expect(read({ a: { labels: { ...router, ...labels } }, b: { labels } })).toEqual({
      routes: [],
      findings: [
        `CMP1403 b/labels/${S}.s.loadbalancer.server.port b`,
        `CMP1410 b/labels/${S}.s.loadbalancer.server.port service s a,b`,
      ],
    });
  });

  it('have their other settings named once', () => {
    expect(
      web({
        ...router,
        [`${R}.v.rule`]: 'Host(`v.org`)',
        [`${S}.s.loadbalancer.server.port`]: '80',
        [`${S}.s.loadbalancer.passhostheader`]: 'true',
        [`${S}.s.loadbalancer.sticky.cookie.name`]: 'c',
        [`${S}.s.loadbalancer.sticky.cookie.secure`]: 'true',
        [`${S}.s.loadbalancer.healthcheck.path`]: '/',
      }).findings,
    ).toEqual([
      `CMP1416 web/labels/${S}.s.loadbalancer.sticky.cookie.name ${S}.s.loadbalancer.sticky`,
      `CMP1416 web/labels/${S}.s.loadbalancer.healthcheck.path ${S}.s.loadbalancer.healthcheck`,
    ]);
  });

  it.each([
    ['loadbalancer.server.port', 'http', 'a port from 1 to 65535'],
    ['loadbalancer.server.port', '70000', 'a port from 1 to 65535'],
    ['loadbalancer.server.scheme', 'ftp', 'http, https or h2c'],
    ['loadbalancer.server.weight', 'x', 'a whole number'],
    ['loadbalancer.passhostheader', 'yes', 'true or false'],
  ])('with %s: %s make no route', (key, value, expected) => {
    const label = `${S}.s.${key}`;
    expect(web({ ...router, [label]: value })).toEqual({
      routes: [],
      findings: [`CMP1414 web/labels/${label} ${label} ${expected}`],
    });
  });
});

describe('middlewares of Traefik', () => {
  it.each([
    [
      { 'redirectscheme.scheme': 'https', 'redirectscheme.port': '8443', 'redirectscheme.permanent': 'true' },
      'redirect-scheme {"scheme":"https","port":8443,"permanent":true}',
    ],
    [
      { 'redirectregex.regex': '^http://a/(.*)', 'redirectregex.replacement': 'http://b/${1}' },
      'redirect-pattern {"pattern":"^http://a/(.*)","replacement":"http://b/${1}","permanent":false}',
    ],
    [{ 'stripprefix.prefixes': '/a,/b' }, 'strip-prefix {"prefixes":["/a","/b"]}'],
    [{ 'addprefix.prefix': '/a' }, 'add-prefix {"prefix":"/a"}'],
    [{ 'replacepath.path': '/a' }, 'replace-path {"value":"/a"}'],
    [
      { 'headers.customrequestheaders.X-A': 'b', 'headers.customRequestHeaders.X-C': '' },
      'request-headers {"set":{"X-A":"b"},"remove":["X-C"]}',
    ],
    [
      { 'headers.customresponseheaders.X-A': 'b', 'headers.framedeny': 'true', 'headers.stsseconds': '60' },
      'response-headers {"set":{"X-Frame-Options":"DENY","Strict-Transport-Security":"max-age=60","X-A":"b"},"remove":[]}',
    ],
    [
      { 'headers.accesscontrolalloworiginlist': 'https://a.org', 'headers.accesscontrolmaxage': '100' },
      'cors {"origins":["https://a.org"],"originPatterns":[],"methods":[],"headers":[],"exposed":[],"credentials":false,"maxAge":100}',
    ],
    [{ 'headers.allowedhosts': 'a.org' }, 'other {"type":"headers.allowedHosts"}'],
    [
      { 'basicauth.users': 'a:$2y$x,b:y', 'basicauth.realm': 'r', 'basicauth.removeheader': 'true' },
      'basic-auth {"users":["a:$2y$x","b:y"],"realm":"r","removeHeader":true}',
    ],
    [{ 'basicauth.usersfile': '/users' }, 'other {"type":"basicAuth.usersFile"}'],
    [{ 'rateLimit.average': '5' }, 'other {"type":"rateLimit"}'],
    [{ compress: 'true' }, 'other {"type":"compress"}'],
    [{ 'plugin.x.y.z': '1' }, 'other {"type":"plugin"}'],
  ])('%j become a filter', (labels, filter) => {
    const given = Object.fromEntries(Object.entries(labels).map(([key, value]) => [`${M}.m.${key}`, value]));
    expect(filtered(given)).toEqual({ routes: [`w: host a.org to web; ${filter}`], findings: [] });
  });

  it('in a chain stand in its order, and those of the service last', () => {
    expect(
      filtered({
        [`${R}.w.middlewares`]: 'm,p',
        [`${M}.m.chain.middlewares`]: 'a, n@docker',
        [`${M}.n.chain.middlewares`]: 'b',
        [`${M}.a.addprefix.prefix`]: '/a',
        [`${M}.b.addprefix.prefix`]: '/b',
        [`${M}.p.addprefix.prefix`]: '/p',
        [`${M}.s.addprefix.prefix`]: '/s',
        [`${S}.x.middlewares`]: 's',
        [`${S}.x.loadbalancer.server.port`]: '1',
      }).routes,
    ).toEqual([
      'w: host a.org to web:1; add-prefix {"prefix":"/a"}; add-prefix {"prefix":"/b"}; add-prefix {"prefix":"/p"}; add-prefix {"prefix":"/s"}',
    ]);
  });

  it.each([
    [
      'that are part of themselves',
      { [`${M}.m.chain.middlewares`]: 'm' },
      `CMP1409 web/labels/${M}.m.chain.middlewares m is part of itself`,
    ],
    [
      'of several types',
      { [`${M}.m.addprefix.prefix`]: '/a', [`${M}.m.stripprefix.prefixes`]: '/b' },
      `CMP1409 web/labels/${M}.m.addprefix.prefix m has several types, where Traefik takes one`,
    ],
    [
      'without a scheme',
      { [`${M}.m.redirectscheme.permanent`]: 'true' },
      `CMP1409 web/labels/${M}.m.redirectscheme.permanent m has no scheme`,
    ],
    [
      'without a prefix',
      { [`${M}.m.addprefix.prefix`]: '' },
      `CMP1409 web/labels/${M}.m.addprefix.prefix m has no prefix`,
    ],
    [
      'with a regex that cannot be read',
      { [`${M}.m.redirectregex.regex`]: '(' },
      `CMP1409 web/labels/${M}.m.redirectregex.regex m has a regex that cannot be read: the pattern is not valid`,
    ],
    [
      'that are too many',
      { [`${R}.w.middlewares`]: Array.from({ length: 65 }, () => 'm').join(), [`${M}.m.addprefix.prefix`]: '/a' },
      `CMP1421 web/labels/${R}.w.middlewares w 64`,
    ],
  ])('%s leave the route out', (_, labels, finding) => {
    expect(filtered(labels)).toEqual({ routes: [], findings: [finding] });
  });

  it('that nothing defines stay with the route, by their names: a wider one must not take its requests unasked', () => {
    const filterOf = (labels: Readonly<Record<string, string>>) =>
      readProxyLabels(
        labelled({ web: { labels: { [`${R}.w.rule`]: RULE, [`${R}.w.middlewares`]: 'm', ...labels } } }),
      ).routes.map(({ filters }) => filters);
    const path = `/services/web/labels/${R}.w.middlewares`;
    expect(filterOf({})).toEqual([[{ kind: 'other', type: 'm', name: 'm', undefined: true, path }]]);
    expect(filterOf({ [`${M}.m.chain.middlewares`]: 'n' })).toMatchObject([[{ type: 'n', undefined: true }]]);
    expect(filterOf({ [`${R}.w.middlewares`]: 'm@file' })).toEqual([
      [{ kind: 'other', type: 'm@file', name: 'm@file', path }],
    ]);
  });

  it('defined twice leave the route out, unless they say the same', () => {
    const two = (prefix: string): ReturnType<typeof read> =>
      read({
        a: { labels: { [`${R}.w.rule`]: RULE, [`${R}.w.middlewares`]: 'm', [`${M}.m.addprefix.prefix`]: '/a' } },
        b: { labels: { [`${R}.v.rule`]: 'Host(`b.org`)', [`${M}.m.addPrefix.prefix`]: prefix } },
      });
    expect(two('/a').routes).toHaveLength(2);
    expect(two('/b')).toEqual({
      routes: ['v: host b.org to b'],
      findings: [`CMP1410 b/labels/${M}.m.addPrefix.prefix middleware m a,b`],
    });
  });

  it('that only other routers need do no harm', () => {
    expect(web({ [`${R}.w.rule`]: RULE, [`${M}.m.chain.middlewares`]: 'm' })).toEqual({
      routes: ['w: host a.org to web'],
      findings: [],
    });
  });

  it('never say a password in a finding', () => {
    const { findings } = filtered({
      [`${M}.m.basicauth.users`]: 'admin:hunter2hash',
      [`${M}.m.basicauth.user`]: 'admin:hunter2hash',
      [`${M}.m.digestauth.users`]: 'admin:hunter2hash',
    });
    expect(findings).not.toEqual([]);
    expect(JSON.stringify(findings)).not.toContain('hunter2hash');
  });
});

describe('labels of Traefik that are no routes', () => {
  it.each([
    ['traefik.http.router.x.rule', 'traefik.http.routers'],
    ['traefik.http.routers.x.rul', 'traefik.http.routers.x.rule'],
    ['traefik.http.routers.x.entrypoint', 'traefik.http.routers.x.entrypoints'],
    ['traefik.http.routers.x.middleware', 'traefik.http.routers.x.middlewares'],
    ['traefik.http.routers.x.tls.certresolvr', 'traefik.http.routers.x.tls.certresolver'],
    ['traefik.http.services.x.loadbalancer.port', 'traefik.http.services.x.loadbalancer.server.port'],
    ['traefik.http.services.x.loadbalancer.servers.port', 'traefik.http.services.x.loadbalancer.server'],
    ['traefik.http.service.x.loadbalancer.server.port', 'traefik.http.services'],
    ['traefik.http.middlewares.x.stripprefixes.prefixes', 'traefik.http.middlewares.x.stripprefix'],
    ['traefik.http.middlewares.x.headers.customheader.X', undefined],
    ['traefik.http.routers.x.foo.bar', undefined],
    ['traefik.http.routers..rule', undefined],
    ['traefik.docker.networks', 'traefik.docker.network'],
    ['traefik.tcp.router.x.rule', 'traefik.tcp.routers'],
  ])('%s refuses all labels of the service, as Traefik does', (label, near) => {
    const { routes, findings } = web({ [`${R}.w.rule`]: RULE, [label]: 'x' });
    expect(routes).toEqual([]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(near === undefined ? /^CMP1413 / : /^CMP1412 /);
    if (near !== undefined) expect(findings[0]).toContain(` ${near} true`);
  });

  it.each([
    ['traefik.enabled', 'traefik.enable'],
    ['traefik.htp.routers.w.rule', 'traefik.http.routers.w.rule'],
  ])('%s is not looked at, and said', (label, near) => {
    expect(web({ [label]: 'true' }).findings).toEqual([`CMP1412 web/labels/${label} ${label} ${near} false`]);
  });

  it('are left alone where a constraint of the proxy may ask for them', () => {
    expect(web({ 'traefik.constraint-label': 'public', 'traefik.tags': 'x' }).findings).toEqual([]);
  });

  it('of Traefik 1 are said', () => {
    expect(web({ 'traefik.frontend.rule': 'Host:a.org', 'traefik.port': '80' }).findings).toEqual([
      'CMP1418 web/labels/traefik.frontend.rule traefik.frontend.rule',
      'CMP1418 web/labels/traefik.port traefik.port',
    ]);
  });

  it('of TCP and UDP do not touch the others', () => {
    expect(
      web({
        [`${R}.w.rule`]: RULE,
        'traefik.tcp.routers.db.rule': 'HostSNI(`*`)',
        'traefik.tcp.routers.db.entrypoints': 'db',
        'traefik.udp.services.dns.loadbalancer.server.port': '53',
      }),
    ).toEqual({
      routes: ['w: host a.org to web'],
      findings: ['CMP1415 web/labels/traefik.udp.services.dns.loadbalancer.server.port UDP dns no router leads to it'],
    });
  });

  it('without an effect here are said once', () => {
    expect(
      web({
        [`${R}.w.rule`]: RULE,
        [`${R}.w.tls.options`]: 'strict@file',
        'traefik.docker.lbswarm': 'true',
        'traefik.tls.stores.default.defaultcertificate.certfile': '/x',
      }).findings,
    ).toEqual([
      'CMP1416 web/labels/traefik.tls.stores.default.defaultcertificate.certfile traefik.tls',
      'CMP1416 web/labels/traefik.docker.lbswarm traefik.docker.lbswarm',
      `CMP1416 web/labels/${R}.w.tls.options ${R}.w.tls.options`,
    ]);
  });

  it('with numbers in brackets are not looked at, where Traefik takes commas', () => {
    expect(web({ [`${R}.w.rule`]: RULE, [`${R}.w.entrypoints[0]`]: 'web' })).toEqual({
      routes: ['w: host a.org to web'],
      findings: [`CMP1413 web/labels/${R}.w.entrypoints[0] ${R}.w.entrypoints[0] false`],
    });
  });

  it('make nothing by enable: false, whatever they are', () => {
    expect(web({ 'traefik.enable': 'false', [`${R}.w.rul`]: RULE, 'traefik.port': '1' })).toEqual({
      routes: [],
      findings: [],
    });
    expect(web({ 'traefik.enable': 'F', [`${R}.w.rule`]: RULE }).routes).toEqual([]);
    expect(web({ 'traefik.enable': 'yes', [`${R}.w.rule`]: RULE })).toEqual({
      routes: [],
      findings: ['CMP1414 web/labels/traefik.enable traefik.enable true or false'],
    });
  });
});
