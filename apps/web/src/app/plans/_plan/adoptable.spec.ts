import { describe, expect, it } from '@jest/globals';
import { adoptable } from './adoptable.ts';

const problem = (code: string, remedy: string | null) => ({
  ...{ code, remedy, message: '', field: null },
  object: 'Service/shop/web',
});

describe('adoptable', () => {
  it('is what the remedy offers by name', () => {
    const remedy = 'deploy into another namespace (-n), or take it over by name: --adopt Service/web';
    expect(adoptable({ problems: [problem('NAME_TAKEN', remedy)] })).toEqual(['Service/web']);
  });

  it('is nothing that belongs to somebody else', () => {
    const problems = [problem('NAME_TAKEN', 'deploy into another namespace (-n)'), problem('NAME_TAKEN', null)];
    expect(adoptable({ problems: [...problems, problem('FIELD_IMMUTABLE', null)] })).toEqual([]);
  });
});
