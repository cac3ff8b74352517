import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPortName } from '@ushadow/kubernetes';
import { designProject } from '../testing/design-project.ts';

const tcp = (target: number, more: object = {}) => ({ target, protocol: 'tcp', ...more });

describe('infer-ports', () => {
  it('M3: one port for each number and protocol, named after merging', () => {
    const { of } = designProject({
      services: {
        web: {
          ports: [tcp(80, { published: '1' }), tcp(80, { published: '2' }), { target: 80, protocol: 'udp' }, tcp(443)],
        },
      },
    });
    expect(of('web').ports.map(({ name, port, protocol, published }) => [name, port, protocol, published])).toEqual([
      ['http', 80, 'tcp', 1],
      ['udp', 80, 'udp', undefined],
      ['http-3', 443, 'tcp', undefined],
    ]);
  });

  it('R42–R44: keeps a valid name once and never repeats one', () => {
    const { of } = designProject({
      services: {
        web: {
          ports: [
            tcp(1, { name: 'http-2' }),
            tcp(2, { name: 'http-2' }),
            tcp(3, { name: 'Not Valid' }),
            tcp(4, { name: 'a-name-that-is-too-long' }),
          ],
        },
      },
    });
    expect(of('web').ports.map(({ name }) => name)).toEqual(
      ['http-2', 'http-3', 'http-4', 'http-5'].map((name, index) => (index === 0 ? 'http-2' : name)),
    );
  });

  it('what is known not to be HTTP has a name of its own; the rest keeps its place (R41)', () => {
    const { of } = designProject({
      services: {
        db: { image: 'postgres:16', expose: ['5433'] },
        mq: { image: 'rabbitmq:4', expose: ['5672', '15672'] },
        web: {
          ports: [tcp(80), { target: 443, protocol: 'udp' }, tcp(443), tcp(22), tcp(6379, { app_protocol: 'x.y/z' })],
        },
      },
    });
    const names = (service: string) => of(service).ports.map(({ name, appProtocol }) => [name, appProtocol]);
    expect(names('db')).toEqual([['postgresql', 'postgresql']]);
    expect(names('mq')).toEqual([
      ['amqp', 'amqp'],
      ['http-2', undefined],
    ]);
    expect(names('web')).toEqual([
      ['http', undefined],
      ['udp', undefined],
      ['http-3', 'https'],
      ['ssh', 'ssh'],
      ['redis', 'x.y/z'],
    ]);
  });

  it('names are valid and unique in a pod, whatever is spoken', () => {
    const port = fc.record({
      target: fc.constantFrom(22, 53, 80, 443, 5432, 6379, 9000, 50051),
      protocol: fc.constantFrom('tcp', 'udp', 'sctp'),
    });
    const service = fc.record({
      image: fc.constantFrom('app:1', 'postgres:16', 'x/clickhouse:1', 'redis'),
      ports: fc.array(port),
    });
    fc.assert(
      fc.property(service, service, (a, b) => {
        const { design } = designProject({
          services: {
            a,
            b: {
              image: b.image,
              expose: b.ports.map(({ target, protocol }) => `${target}/${protocol}`),
              network_mode: 'service:a',
            },
          },
        });
        const names = design.services.flatMap(({ ports }) => ports.map(({ name }) => name));
        expect(new Set(names).size).toBe(names.length);
        expect(names.filter((name) => !isPortName(name))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('adds the ports on which siblings call a service, by name or alias', () => {
    const { of } = designProject({
      services: {
        web: { ports: [tcp(80)], networks: { default: { aliases: ['site'] } } },
        app: { environment: { A: 'http://web:8080/x', B: 'site:9090,other:1', C: 'notweb:7070' } },
      },
    });
    expect(of('web').ports.map(({ port }) => port)).toEqual([80, 8080, 9090]);
    expect(of('web').headless).toBe(false);
  });

  it('never invents a port: without declared ones the name leads to the containers', () => {
    const { of } = designProject({ services: { worker: {}, db: { image: 'postgres:16' } } });
    expect([of('worker').headless, of('worker').ports]).toEqual([true, []]);
    expect([of('db').headless, of('db').ports.map(({ port }) => port)]).toEqual([true, [5432]]);
  });

  it('lists no more than 200 ports', () => {
    const { of, codes } = designProject({ services: { turn: { expose: ['10000-10500/udp'] } } });
    expect([of('turn').headless, of('turn').ports]).toEqual([true, []]);
    expect(codes).toEqual(['CMP0404 /services/turn/ports']);
  });
});
