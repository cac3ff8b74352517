import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

describe('resolve-environment', () => {
  it('R32, R33: a resolved value wins, may be empty, and may be new', () => {
    const environment = { web: { A: { value: '' }, NEW: { value: 'n' } } };
    const { of } = designProject(
      { services: { web: { environment: { A: 'file', B: 'b', GONE: null } } } },
      { input: { environment } },
    );
    expect(of('web').service.environment.map(({ name, value }) => [name, value])).toEqual([
      ['A', ''],
      ['B', 'b'],
      ['NEW', 'n'],
    ]);
  });
});
