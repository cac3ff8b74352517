import { describe, expect, it } from '@jest/globals';
import { validateObjects } from '@ushadow/kubernetes-schema';
import type { GatewayTarget, RouteTarget } from '../../src/compile-input.ts';
import { compileProject } from '../../src/testing/compile-project.ts';

const GATEWAY: GatewayTarget = {
  kind: 'gateway',
  name: 'public',
  namespace: 'edge',
  streamKinds: ['TCPRoute', 'TLSRoute', 'UDPRoute'],
  listeners: [
    { name: 'web', protocol: 'HTTP', port: 80 },
    { name: 'postgres', protocol: 'TCP', port: 5432 },
    { name: 'dns', protocol: 'UDP', port: 53 },
    { name: 'sni', protocol: 'TLS', port: 8443 },
    { name: 'sni-inner', protocol: 'TLS', port: 8443, hostname: '*.inner.org' },
  ],
};
const PROXY = {
  image: 'traefik:3',
  command: [
    '--providers.docker=true',
    '--entrypoints.db.address=:5432',
    '--entrypoints.names.address=:53/udp',
    '--entrypoints.tls.address=:8443',
  ],
};

const compiled = (labels: Record<string, string>, routes: RouteTarget = GATEWAY, service: object = {}) => {
  const db = { image: 'db:1', labels, ...service };
  const result = compileProject({ services: { db, proxy: PROXY } }, { target: { routes } });
  const streams = result.objects.filter(({ kind }) => /^(?:TCP|TLS|UDP)Route$/.test(kind));
  const said = result.diagnostics
    .filter(({ code }) => /^CMP14(?:15|50|72)$/.test(code))
    .map(({ code, message }) => `${code} ${message}`);
  expect(validateObjects(result.objects, '1.37')).toEqual([]);
  return { result, streams, said };
};
const tcp = (labels: Record<string, string>): Record<string, string> => ({
  'traefik.tcp.routers.db.rule': 'HostSNI(`*`)',
  'traefik.tcp.routers.db.entrypoints': 'db',
  'traefik.tcp.services.db.loadbalancer.server.port': '5432',
  ...labels,
});
const udp = {
  'traefik.udp.routers.db.entrypoints': 'names',
  'traefik.udp.services.db.loadbalancer.server.port': '5353',
};
const tls = tcp({
  'traefik.tcp.routers.db.rule': 'HostSNI(`a.org`) || HostSNI(`b.inner.org`)',
  'traefik.tcp.routers.db.entrypoints': 'tls',
  'traefik.tcp.routers.db.tls.passthrough': 'true',
});

describe('connections and datagrams', () => {
  it('become a TCPRoute at the listener with the port of the entry point', () => {
    const { streams, said, result } = compiled(tcp({}));
    expect(streams).toMatchObject([
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'TCPRoute',
        metadata: { name: 'db' },
        spec: {
          parentRefs: [{ name: 'public', namespace: 'edge', sectionName: 'postgres' }],
          rules: [{ backendRefs: [{ name: 'db', port: 5432 }] }],
        },
      },
    ]);
    expect(said).toEqual([]);
    const service = result.objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'db');
    expect(service).toMatchObject({ spec: { ports: [{ port: 5432 }] } });
  });

  it('become a UDPRoute, and its port is one of UDP', () => {
    const { streams, result } = compiled(udp);
    expect(streams).toMatchObject([
      {
        kind: 'UDPRoute',
        spec: { parentRefs: [{ sectionName: 'dns' }], rules: [{ backendRefs: [{ port: 5353 }] }] },
      },
    ]);
    const service = result.objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'db');
    expect(service).toMatchObject({ spec: { ports: [{ port: 5353, protocol: 'UDP' }] } });
  });

  it('of TLS that is handed on become a TLSRoute, each name at the closest listener', () => {
    expect(compiled(tls).streams).toMatchObject([
      {
        kind: 'TLSRoute',
        spec: {
          hostnames: ['a.org', 'b.inner.org'],
          parentRefs: [{ sectionName: 'sni' }, { sectionName: 'sni-inner' }],
        },
      },
    ]);
  });

  it('find their listener by the name of the entry point where the proxy is not of the project', () => {
    const elsewhere = tcp({ 'traefik.tcp.routers.db.entrypoints': 'Postgres' });
    expect(compiled(elsewhere).streams).toMatchObject([{ spec: { parentRefs: [{ sectionName: 'postgres' }] } }]);
  });

  it.each<[string, RouteTarget, string]>([
    ['Ingresses alone', { kind: 'ingress' }, 'an Ingress takes HTTP alone'],
    ['a Gateway without such routes', { ...GATEWAY, streamKinds: [] }, 'the cluster is not known to serve TCPRoutes'],
    [
      'a Gateway that does not listen there',
      { ...GATEWAY, listeners: [] },
      'Gateway edge/public does not listen for it',
    ],
  ])('are named with %s', (_, routes, reason) => {
    const { streams, said } = compiled(tcp({}), routes);
    expect(streams).toEqual([]);
    expect(said).toEqual([`CMP1472 The TCP route "db" of service "db" is not made: ${reason}.`]);
  });

  it.each([
    ['middlewares', { 'traefik.tcp.routers.db.middlewares': 'inner' }, 'it has middlewares'],
    ['a rule on addresses', { 'traefik.tcp.routers.db.rule': 'ClientIP(`10.0.0.0/8`)' }, 'more than server names'],
    ['a part that excludes', { 'traefik.tcp.routers.db.rule': '!HostSNI(`a.org`)' }, 'more than server names'],
    ['TLS that the proxy ends', { 'traefik.tcp.routers.db.tls': 'true' }, 'the proxy ends its TLS'],
    ['a name without TLS', { 'traefik.tcp.routers.db.rule': 'HostSNI(`a.org`)' }, 'there is no server name'],
    ['TLS of any name', { 'traefik.tcp.routers.db.tls.passthrough': 'true' }, 'it takes TLS of any name'],
    ['no entry point', { 'traefik.tcp.routers.db.entrypoints': '' }, 'it names no entry point'],
    ['a service of elsewhere', { 'traefik.tcp.routers.db.service': 'x@file' }, 'no label of the project defines once'],
  ])('with %s are never widened: they are named', (_, labels, reason) => {
    const { streams, said } = compiled(tcp(labels));
    expect(streams).toEqual([]);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(reason);
    expect(said[0]).toContain('CMP1415');
  });

  it('are none where the service is to have no address outside', () => {
    expect(compiled(tcp({}), GATEWAY, { 'x-ushadow': { public_at: false } }).streams).toEqual([]);
  });

  it('are let in by the network policy of their service', () => {
    const services = { db: { image: 'db:1', labels: udp, networks: { inner: null } }, proxy: PROXY };
    const target = { routes: GATEWAY, policies: { networks: true } };
    const { objects } = compileProject({ services, networks: { inner: {} } }, { target });
    const ports = objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => JSON.stringify(spec));
    expect(ports.join()).toContain('{"port":5353,"protocol":"UDP"}');
  });
});
