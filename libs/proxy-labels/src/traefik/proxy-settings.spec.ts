import { describe, expect, it } from '@jest/globals';
import { read } from '../../testing/labelled.ts';

const R = 'traefik.http.routers';
const RULE = 'Host(`a.org`)';

/** A Traefik with these arguments, beside a service with these labels. */
function beside(
  command: readonly string[],
  labels: Readonly<Record<string, string>>,
  proxy: Parameters<typeof read>[0][string] = {},
): ReturnType<typeof read> {
  const { routes, findings } = read({
    web: { labels },
    proxy: { image: 'traefik', mounts: ['/var/run/docker.sock'], command, ...proxy },
  });
  return { routes, findings: findings.filter((finding) => !finding.startsWith('CMP1441')) };
}

describe('a Traefik of the project', () => {
  const labels = { [`${R}.w.rule`]: RULE };

  it.each([
    [['--providers.docker.exposedbydefault=false'], {}],
    [['--providers.docker.exposedByDefault=false'], {}],
    [['--providers.swarm.exposedbydefault=false'], {}],
    [[], { TRAEFIK_PROVIDERS_DOCKER_EXPOSEDBYDEFAULT: 'false' }],
  ])('takes services that are switched on alone, by %j and %j', (command, environment) => {
    expect(beside(command, labels, { environment })).toEqual({
      routes: [],
      findings: [`CMP1417 web/labels/${R}.w.rule w`],
    });
    expect(beside(command, { ...labels, 'traefik.enable': 'true' }, { environment }).routes).toEqual([
      'w: host a.org to web',
    ]);
    expect(beside(command, { other: 'x', 'traefik.docker.network': 'n' }, { environment }).findings).toEqual([]);
  });

  it.each([
    ['traefik:v2.11', [], 'host-pattern ^a\\.org$'],
    ['traefik:3', [], 'host-pattern a.org'],
    ['traefik:latest', [], 'host-pattern a.org'],
    ['traefik:v3.0', ['--core.defaultRuleSyntax=v2'], 'host-pattern ^a\\.org$'],
  ])('of image %s with %j reads rules by its version', (image, command, condition) => {
    expect(beside(command, { [`${R}.w.rule`]: 'HostRegexp(`a.org`)' }, { image }).routes).toEqual([
      `w: ${condition} to web`,
    ]);
  });

  const SECURE = [
    '--entryPoints.web.address=:80',
    '--entryPoints.websecure.address=:443',
    '--entryPoints.websecure.http.tls.certResolver=le',
  ];

  it('adds the TLS of its entry points', () => {
    expect(beside(SECURE, { ...labels, [`${R}.w.entrypoints`]: 'websecure' })).toEqual({
      routes: ['w: host a.org to web; on websecure; tls le a.org'],
      findings: [],
    });
  });

  it('makes two routes of a router that listens with TLS and without', () => {
    const both = ['w: host a.org to web; on web', 'w-websecure: host a.org to web; on websecure; tls le a.org'];
    expect(beside(SECURE, { ...labels, [`${R}.w.entrypoints`]: 'web,websecure' }).routes).toEqual(both);
    expect(beside(SECURE, labels).routes).toEqual(both);
    expect(beside(SECURE, { ...labels, [`${R}.w.tls`]: 'true' }).routes).toEqual(['w: host a.org to web; tls - a.org']);
  });

  it('has no other entry points than it says', () => {
    expect(beside(SECURE, { ...labels, [`${R}.w.entrypoints`]: 'http,WEB' }).routes).toEqual([
      'w: host a.org to web; on WEB',
    ]);
    expect(beside(SECURE, { ...labels, [`${R}.w.entrypoints`]: 'http' })).toEqual({
      routes: [],
      findings: [`CMP1422 web/labels/${R}.w.entrypoints w http`],
    });
  });

  it('adds the middlewares of its entry points, also where they are elsewhere', () => {
    const command = ['--entrypoints.web.http.middlewares=auth@file'];
    expect(beside(command, { ...labels, [`${R}.w.entrypoints`]: 'web' })).toEqual({
      routes: ['w: host a.org to web; on web; other {"type":"auth@file"}'],
      findings: [],
    });
  });

  it('at a port of its own makes a route that will be reached where all are, which is said', () => {
    const command = ['--entrypoints.web.address=:8000', '--entrypoints.inner.address=:8081'];
    const proxy = {
      ports: [
        { container: 8000, published: 80 },
        { container: 8081, published: 8081 },
      ],
    };
    const findings = (entryPoints: string) =>
      beside(command, { ...labels, [`${R}.w.entrypoints`]: entryPoints }, proxy).findings;
    expect(findings('inner')).toEqual([`CMP1423 web/labels/${R}.w.entrypoints w inner`]);
    expect([...findings('web'), ...findings('web,inner')]).toEqual([]);
  });

  it('says what it reads from files, which nobody reads here', () => {
    const mounts = ['/var/run/docker.sock', './conf/traefik.yml'];
    expect(beside(['--providers.file.directory=/conf'], labels, { mounts }).findings).toEqual([
      'CMP1442 proxy/command providers.file.directory',
      'CMP1442 proxy traefik.yml',
    ]);
  });

  it('that sends an entry point to HTTPS gives each route over TLS a redirect', () => {
    const command = [
      ...SECURE,
      '--entrypoints.web.http.redirections.entrypoint.to=websecure',
      '--entrypoints.web.http.redirections.entrypoint.scheme=https',
    ];
    const redirect = 'redirect-scheme {"scheme":"https","permanent":true,"implied":true}';
    expect(beside(command, { ...labels, [`${R}.w.entrypoints`]: 'websecure' }).routes).toEqual([
      'w: host a.org to web; on websecure; tls le a.org',
      `w-redirect: host a.org to web; on web; ${redirect}`,
    ]);
    expect(beside(command, labels).routes).toEqual([
      `w: host a.org to web; on web; ${redirect}`,
      'w-websecure: host a.org to web; on websecure; tls le a.org',
    ]);
  });

  it.each(['HostRegexp(`{host:.+}`)', 'HostRegexp(`.+`)', 'HostRegexp(`^.*$`)', 'PathPrefix(`/`)', 'Host(`*`)'])(
    'that sends all hosts to HTTPS by a router with %s does so too',
    (rule) => {
      const proxy = {
        labels: {
          [`${R}.all.rule`]: rule,
          [`${R}.all.entrypoints`]: 'web',
          [`${R}.all.middlewares`]: 'secure',
          'traefik.http.middlewares.secure.redirectscheme.scheme': 'https',
        },
      };
      const secure = { ...labels, [`${R}.w.entrypoints`]: 'websecure', [`${R}.w.tls`]: 'true' };
      expect(beside([], secure, proxy)).toEqual({
        routes: [
          'w: host a.org to web; on websecure; tls - a.org',
          'w-redirect: host a.org to web; on web; redirect-scheme {"scheme":"https","permanent":false,"implied":true}',
        ],
        findings: [],
      });
    },
  );

  it('has routes to itself left out', () => {
    const proxy = {
      labels: {
        [`${R}.dash.rule`]: 'Host(`d.org`)',
        [`${R}.dash.service`]: 'api@internal',
        [`${R}.own.rule`]: 'Host(`e.org`)',
      },
    };
    expect(beside([], labels, proxy)).toEqual({
      routes: ['w: host a.org to web'],
      findings: [
        `CMP1406 proxy/labels/${R}.dash.service dash api@internal`,
        `CMP1406 proxy/labels/${R}.own.rule own proxy`,
      ],
    });
  });

  it('has constraints named, which are not looked at', () => {
    expect(beside(['--providers.docker.constraints=Label(`a`,`b`)'], labels)).toEqual({
      routes: ['w: host a.org to web'],
      findings: ['CMP1442 proxy/command providers.docker.constraints'],
    });
  });
});
