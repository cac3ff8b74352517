import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

describe('assign-names', () => {
  it('M2: keeps valid names, and sanitises others without taking theirs', () => {
    const { of } = designProject({ services: { 'a-b': {}, a_b: {}, 'A.B': {}, Web: {} } });
    expect(of('a-b').name).toBe('a-b');
    expect(of('a_b').name).toMatch(/^a-b-[0-9a-f]{8}$/);
    expect(of('A.B').name).toMatch(/^a-b-[0-9a-f]{8}$/);
    expect(of('Web').name).toBe('web');
  });

  it('says when a name had to change, and less loudly when DNS does not care', () => {
    const { codes } = designProject({ services: { Web: {}, my_db: {} } });
    expect(codes).toEqual(['CMP0101 /services/Web', 'CMP0102 /services/my_db']);
  });

  it('makes a label value of any service id', () => {
    const { of } = designProject({ services: { web: {} } }, { target: { instances: { web: 'shop-compose:web/1' } } });
    expect(of('web').instance).toBe('shop-compose-web-1');
    expect(
      designProject({ services: { web: {} } }, { target: { instances: { web: '-ü-' } } }).of('web').instance,
    ).toMatch(/^x-[0-9a-f]{8}$/);
  });
});
