import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

describe('join-pods', () => {
  it('puts a service into the pod whose network it shares, through chains, with port names of its own', () => {
    const { of } = designProject({
      services: {
        vpn: { ports: [{ target: 80, protocol: 'tcp' }] },
        a: { network_mode: 'service:vpn', expose: ['81'] },
        b: { network_mode: 'service:a', expose: ['82'] },
      },
    });
    expect([of('a').host, of('b').host, of('a').named]).toEqual(['vpn', 'vpn', false]);
    expect([...of('vpn').ports, ...of('a').ports, ...of('b').ports].map(({ name }) => name)).toEqual([
      'http',
      'http-2',
      'http-3',
    ]);
  });

  it('finds a container by its name, and says when there is none', () => {
    expect(
      designProject({ services: { x: { container_name: 'the-vpn' }, a: { network_mode: 'container:the-vpn' } } }).of(
        'a',
      ).host,
    ).toBe('x');
    const { of, codes } = designProject({ services: { a: { network_mode: 'container:gone' } } });
    expect([of('a').host, of('a').named]).toEqual(['a', true]);
    expect(codes).toEqual(['CMP0502 /services/a/network_mode']);
  });

  it('does not hang on services that share with each other', () => {
    expect(
      designProject({ services: { a: { network_mode: 'service:b' }, b: { network_mode: 'service:a' } } }).design
        .services,
    ).toHaveLength(2);
  });
});
