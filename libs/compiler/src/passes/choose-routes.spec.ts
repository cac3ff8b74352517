import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

const tcp = (target: number) => ({ target, protocol: 'tcp', published: '8080' });

describe('choose-routes', () => {
  it('a route leads to a TCP port that Compose publishes', () => {
    const input = { specs: { web: { ingress: { enabled: true } } } };
    expect(designProject({ services: { web: { ports: [tcp(80)] } } }, { input }).of('web').routes).toMatchObject([
      { hosts: [], matches: [{ path: { value: '/' } }], backend: { port: 80 }, objectName: 'web' },
    ]);
    for (const web of [
      { expose: ['80'] },
      { ports: [{ target: 80, protocol: 'udp' }] },
      { ports: [{ ...tcp(80), host_ip: '127.0.0.1' }] },
    ])
      expect(designProject({ services: { web } }, { input }).codes).toEqual(['CMP0405 /services/web']);
  });

  it('a public address leads to the port that it names, published or not', () => {
    const route = (publicAt: readonly string[], web: object) =>
      designProject({ services: { web } }, { input: { specs: { web: { publicAt } } } }).of('web').routes[0];
    expect(route(['shop.example.org:3000/api'], {})).toMatchObject({
      hosts: ['shop.example.org'],
      matches: [{ path: { kind: 'prefix', value: '/api' } }],
      backend: { port: 3000 },
    });
    expect(route(['shop.example.org'], { expose: ['9000', '8000'] })?.backend.port).toBe(8000);
    expect(route(['shop.example.org'], { expose: ['8000'], ports: [tcp(9000)] })?.backend.port).toBe(9000);
    expect(route(['not an address'], { expose: ['8000'] })).toBeUndefined();
  });

  it('what shares the network of another is reached by the name of that one', () => {
    const labels = {
      'traefik.http.routers.w.rule': 'Host(`a.org`)',
      'traefik.http.services.w.loadbalancer.server.port': '8080',
    };
    const web = { network_mode: 'service:vpn', labels };
    const { of, codes } = designProject({ services: { vpn: { expose: ['8080'] }, web } });
    expect(of('web').routes).toMatchObject([
      { endpoint: 'vpn', backend: { port: 8080, name: of('vpn').ports[0]?.name }, objectName: 'web-w' },
    ]);
    expect(codes).toEqual([]);
  });

  it.each([
    '10.0.0.1',
    '8080',
    'a.org//x',
    'a.org/x/..',
    'a.org/%2fx',
    'a.org/x%',
    'a.org/ä',
    `a.org/${'x'.repeat(1024)}`,
  ])('%s is no public address', (address) => {
    const project = { services: { web: { expose: ['80'], 'x-ushadow': { public_at: address } } } };
    expect(designProject(project).codes).toEqual(['CMP1459 /services/web']);
  });

  it.each([true, { host: 'a.org' }, [{ host: 'a.org' }], [null], [true]])(
    'a public address written as %j is an error and no wish for none',
    (address) => {
      const project = { services: { web: { expose: ['80'], 'x-ushadow': { public_at: address } } } };
      expect(designProject(project).codes).toEqual(['CMP1459 /services/web']);
    },
  );

  it.each([false, []])('a public address written as %j is a wish for none', (address) => {
    const labels = { 'traefik.http.routers.w.rule': 'Host(`a.org`)' };
    const project = { services: { web: { expose: ['80'], labels, 'x-ushadow': { public_at: address } } } };
    expect(designProject(project).of('web').routes).toEqual([]);
  });

  it('an ingress that is switched off makes no route, whatever labels say', () => {
    const labels = { 'kompose.service.expose': 'shop.example.org' };
    const project = { services: { web: { ports: [tcp(80)], labels } } };
    expect(designProject(project).of('web').routes).toHaveLength(1);
    const input = { specs: { web: { ingress: { enabled: false } } } };
    expect(designProject(project, { input }).of('web').routes).toEqual([]);
  });
});
