import { describe, expect, it } from '@jest/globals';
import { codesOf, compileProject } from '../testing/compile-project.ts';

describe('keys of resources', () => {
  const about = (service: object): readonly string[] =>
    codesOf(
      compileProject(
        {
          services: { web: service },
          volumes: { v: { name: 'demo_v', driver: 'other' } },
          configs: { c: { name: 'demo_c', content: 'x', template_driver: 'golang' } },
          secrets: { s: { name: 'demo_s', environment: 'X', driver: 'vault' } },
        },
        { variables: { X: 'x' } },
      ),
    ).filter((code) => /^CMP(0460|100[123]) \/(volumes|configs|secrets)/.test(code));

  it('are nobody’s business where no service uses the resource', () => {
    expect(about({})).toEqual([]);
  });

  it('are said where one does', () => {
    const volumes = [{ type: 'volume', source: 'v', target: '/v' }];
    expect(about({ volumes, configs: [{ source: 'c' }], secrets: [{ source: 's' }] })).toEqual([
      'CMP1001 /configs/c/template_driver',
      'CMP1001 /secrets/s/driver',
    ]);
  });
});
