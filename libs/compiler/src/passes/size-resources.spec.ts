import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

describe('size-resources', () => {
  it('M4: reads Compose sizes as binary and CPU as thousandths', () => {
    const { of } = designProject({
      services: {
        web: {
          deploy: {
            resources: {
              limits: { cpus: 0.5, memory: '4294967296' },
              reservations: { cpus: 0.25, memory: '20000000' },
            },
          },
        },
      },
    });
    expect(of('web').limits).toEqual({ cpu: '500m', memory: '4Gi' });
    expect(of('web').requests).toEqual({ cpu: '250m', memory: '20000000' });
  });

  it('lets the deployment spec win, and uses defaults only where nobody says anything', () => {
    const services = { a: { mem_limit: '1048576' }, b: {} };
    const target = { defaults: { resources: { requests: { cpu: '100m' }, limits: { memory: '512Mi' } } } };
    const { of } = designProject(
      { services },
      { target, input: { specs: { a: { resources: { limits: { memory: '2Mi' } } } } } },
    );
    expect([of('a').limits, of('a').requests]).toEqual([{ memory: '2Mi' }, {}]);
    expect([of('b').limits, of('b').requests]).toEqual([{ memory: '512Mi' }, { cpu: '100m' }]);
  });

  it('M4: GPUs become extended resources, by driver', () => {
    const { of, codes } = designProject({
      services: { a: { gpus: [{ count: 2 }] }, b: { gpus: [{ driver: 'amd', count: -1 }] } },
    });
    expect([of('a').limits, of('b').limits]).toEqual([{ 'nvidia.com/gpu': '2' }, { 'amd.com/gpu': '1' }]);
    expect(codes).toEqual(['CMP0803 /services/b/gpus/0']);
  });
});
