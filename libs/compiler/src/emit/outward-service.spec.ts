import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { KubeObject } from '@ushadow/kubernetes';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';

interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number | string;
  readonly protocol: string;
}
interface ServiceSpec {
  readonly type: string;
  readonly ports?: readonly ServicePort[];
}
const spec = (object: KubeObject | undefined): ServiceSpec => object?.['spec'] as unknown as ServiceSpec;
const tcp = (target: number, published?: number, host_ip?: string) => ({
  target,
  protocol: 'tcp',
  ...(published === undefined ? {} : { published: String(published) }),
  ...(host_ip === undefined ? {} : { host_ip }),
});
const outward = (type: string) => ({ 'kompose.service.type': type });

describe('what is opened outward', () => {
  it('is what Compose publishes, on the published numbers; the name offers the rest inside', () => {
    const result = compileProject({
      services: {
        web: {
          ports: [tcp(80, 8080), tcp(80, 8081), tcp(9229, 9229, '127.0.0.1')],
          expose: ['9000'],
          labels: outward('loadbalancer'),
        },
        caller: { environment: { A: 'http://web:6060/debug' } },
      },
    });
    expect(spec(objectOf(result, 'Service', 'web'))).toMatchObject({ type: 'ClusterIP' });
    expect(spec(objectOf(result, 'Service', 'web')).ports?.map(({ port }) => port)).toEqual([80, 9229, 9000, 6060]);
    expect(spec(objectOf(result, 'Service', 'web-outward'))).toMatchObject({
      type: 'LoadBalancer',
      ports: [
        { name: 'http', port: 8080, targetPort: 'http' },
        { name: 'tcp-8081', port: 8081, targetPort: 'http' },
      ],
    });
  });

  it('is one Service where nothing differs', () => {
    const result = compileProject({
      services: {
        api: { ports: [tcp(3000, 3000)], labels: outward('loadbalancer') },
        web: { ports: [tcp(80, 8080)], labels: outward('nodeport') },
      },
    });
    expect(spec(objectOf(result, 'Service', 'api'))).toMatchObject({ type: 'LoadBalancer', ports: [{ port: 3000 }] });
    expect(spec(objectOf(result, 'Service', 'web'))).toMatchObject({ type: 'NodePort', ports: [{ port: 80 }] });
    expect(result.objects.filter(({ kind }) => kind === 'Service')).toHaveLength(2);
  });

  it('is nothing, which is said, where nothing is published', () => {
    const result = compileProject({ services: { web: { expose: ['80'], labels: outward('nodeport') } } });
    expect(spec(objectOf(result, 'Service', 'web')).type).toBe('ClusterIP');
    expect(codesOf(result)).toContain('CMP0412 /services/web');
  });

  it('a port bound to loopback is no host port either', () => {
    const labels = { 'kompose.controller.port.expose': 'true' };
    const result = compileProject({ services: { web: { ports: [tcp(80, 8080, '127.0.0.1'), tcp(81, 81)], labels } } });
    expect(JSON.stringify(objectOf(result, 'Deployment', 'web'))).toContain('"hostPort":81');
    expect(JSON.stringify(objectOf(result, 'Deployment', 'web'))).not.toContain('"hostPort":8080');
  });

  it('a policy lets in whoever leads a route to a published port, also without a published number', () => {
    const result = compileProject(
      {
        services: {
          web: { ports: [tcp(80)], networks: { default: null }, labels: { 'kompose.service.expose': 'true' } },
        },
      },
      { target: { policies: { networks: true } } },
    );
    expect(objectOf(result, 'Ingress', 'web')).toBeDefined();
    expect(objectOf(result, 'NetworkPolicy', 'web-published')?.['spec']).toMatchObject({
      ingress: [{ ports: [{ port: 80, protocol: 'TCP' }] }],
    });
  });

  it('a policy lets in whoever leads a route to a port that is not published, and nobody where the route is not made', () => {
    const opened = (labels: Readonly<Record<string, string>>) => {
      const web = { expose: ['3000'], networks: { default: null }, labels };
      const result = compileProject({ services: { web } }, { target: { policies: { networks: true } } });
      return objectOf(result, 'NetworkPolicy', 'web-published')?.['spec'];
    };
    const labels = { 'traefik.http.routers.w.rule': 'Host(`a.org`)' };
    expect(opened(labels)).toMatchObject({ ingress: [{ ports: [{ port: 3000, protocol: 'TCP' }] }] });
    const door = { 'traefik.http.routers.w.middlewares': 'm', 'traefik.http.middlewares.m.basicauth.users': 'a:b' };
    expect(opened({ ...labels, ...door })).toBeUndefined();
    expect(opened({})).toBeUndefined();
  });

  it('never holds a port that is not published, whatever the project', () => {
    const number = fc.integer({ min: 1, max: 12 });
    const port = fc.record({
      target: number,
      protocol: fc.constantFrom('tcp', 'udp'),
      published: fc.option(
        number.map((n) => String(n + 100)),
        { nil: undefined },
      ),
      host_ip: fc.constantFrom(undefined, '127.0.0.1', '::1', '0.0.0.0', '10.0.0.1'),
    });
    const web = fc.record({
      image: fc.constantFrom('app:1', 'postgres:16', 'redis:7'),
      ports: fc.array(port, { maxLength: 4 }),
      expose: fc.array(number.map(String), { maxLength: 3 }),
      type: fc.constantFrom('nodeport', 'loadbalancer'),
      called: fc.array(number, { maxLength: 2 }),
      headless: fc.boolean(),
    });
    fc.assert(
      fc.property(web, ({ image, ports, expose, type, called, headless }) => {
        const result = compileProject({
          services: {
            web: {
              image,
              ports: ports.map(({ published, host_ip, ...rest }) => ({
                ...rest,
                ...(published === undefined ? {} : { published }),
                ...(host_ip === undefined ? {} : { host_ip }),
              })),
              expose,
              labels: { ...outward(type), 'kompose.service.expose': 'true' },
              ...(headless ? { deploy: { endpoint_mode: 'dnsrr' } } : {}),
            },
            caller: { command: called.map((n) => `web:${n}0`) },
          },
        });
        const open = ports.filter(({ host_ip }) => host_ip !== '127.0.0.1' && host_ip !== '::1');
        const services = result.objects.filter(({ kind }) => kind === 'Service');
        const inner = new Map(spec(objectOf(result, 'Service', 'web')).ports?.map((item) => [item.name, item]));
        const target = ({ targetPort }: ServicePort) => inner.get(String(targetPort))?.port ?? targetPort;
        for (const object of services.filter((item) => spec(item).type !== 'ClusterIP')) {
          for (const item of spec(object).ports ?? []) {
            const found = open.find(
              ({ target: to, protocol, published }) =>
                to === target(item) &&
                protocol.toUpperCase() === item.protocol &&
                (type === 'nodeport' || item.port === Number(published ?? to)),
            );
            expect(found).toBeDefined();
          }
        }
        const ingress = JSON.stringify(objectOf(result, 'Ingress', 'web') ?? {});
        const [, name] = /"port":\{"name":"([^"]+)"/.exec(ingress) ?? [];
        if (name !== undefined) expect(open.map(({ target: to }) => to)).toContain(inner.get(name)?.port);
        expect(result.ok).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
