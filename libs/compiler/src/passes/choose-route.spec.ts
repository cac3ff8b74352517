import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

const tcp = (target: number) => ({ target, protocol: 'tcp', published: '8080' });

describe('choose-route', () => {
  it('a route leads to a TCP port that Compose publishes', () => {
    const input = { specs: { web: { ingress: { enabled: true } } } };
    expect(designProject({ services: { web: { ports: [tcp(80)] } } }, { input }).of('web').route).toMatchObject({
      rules: [{ path: '/' }],
    });
    for (const web of [
      { expose: ['80'] },
      { ports: [{ target: 80, protocol: 'udp' }] },
      { ports: [{ ...tcp(80), host_ip: '127.0.0.1' }] },
    ])
      expect(designProject({ services: { web } }, { input }).codes).toEqual(['CMP0405 /services/web']);
  });
});
