import { describe, expect, it } from '@jest/globals';
import { planProject } from '../testing/plan-project.ts';

describe('choose-route', () => {
  it('a route needs a TCP port to lead to', () => {
    const input = { specs: { web: { ingress: { enabled: true } } } };
    expect(planProject({ services: { web: { expose: ['80'] } } }, { input }).of('web').route).toMatchObject({
      rules: [{ path: '/' }],
    });
    expect(planProject({ services: { web: { expose: ['80/udp'] } } }, { input }).codes).toEqual([
      'CMP0405 /services/web',
    ]);
  });
});
