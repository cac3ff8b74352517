import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

describe('choose-scale', () => {
  it('keeps a replica count of nought, and prefers the spec', () => {
    const services = { a: { deploy: { replicas: 0 } }, b: { scale: 3 }, c: {} };
    const { of } = designProject({ services }, { input: { specs: { b: { replicas: 5 } } } });
    expect(['a', 'b', 'c'].map((name) => of(name).replicas)).toEqual([0, 5, 1]);
  });

  it('R115: an autoscaler and a replica count never meet', () => {
    const autoscale = { min: 1, max: 4, cpu: '60' };
    const { of } = designProject({ services: { a: { scale: 3 } } }, { input: { specs: { a: { autoscale } } } });
    expect([of('a').replicas, of('a').autoscale]).toEqual([undefined, autoscale]);
  });
});
