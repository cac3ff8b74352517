import { describe, expect, it } from '@jest/globals';
import { valueAt } from '@ushadow/kubernetes';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';

describe('an unmasked /proc', () => {
  const compiled = (rest: object) => {
    const result = compileProject({ services: { web: { security_opt: ['systempaths=unconfined'], ...rest } } });
    const container = ['spec', 'template', 'spec', 'containers', 0, 'securityContext', 'procMount'];
    const ours = codesOf(result).filter((code) => /CMP(0970|0814|1201)/.test(code));
    return [valueAt(objectOf(result, 'Deployment', 'web'), container), ours];
  };

  it('is left out, and said, where the API server would refuse the pod', () => {
    expect(compiled({})).toEqual([undefined, ['CMP0970 /services/web/security_opt/0']]);
  });

  it('is what a privileged container has, and a pod with users of its own can have', () => {
    expect(compiled({ privileged: true })).toEqual([undefined, []]);
    expect(compiled({ userns_mode: 'private' })).toEqual(['Unmasked', []]);
  });
});
