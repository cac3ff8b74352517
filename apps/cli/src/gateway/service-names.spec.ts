import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../command.ts';
import { readNames } from './service-names.ts';

describe('names of services', () => {
  it.each([
    [[], undefined, { services: [] }],
    [['web', 'db', 'web'], undefined, { services: ['web', 'db'] }],
    [['web'], 'shop', { project: 'shop', services: ['web'] }],
    [['shop/web', 'shop/db'], undefined, { project: 'shop', services: ['web', 'db'] }],
    [['shop/web', 'db'], 'shop', { project: 'shop', services: ['web', 'db'] }],
  ])('%j with -p %j', (names, project, named) => {
    expect(readNames(names, project)).toEqual(named);
  });

  it.each([[['']], [['/']], [['a/']], [['/a']], [['a/b/c']], [['shop:web']], [['a/b', 'c/b']]])(
    'refuses %j',
    (names) => {
      expect(() => readNames(names, undefined)).toThrow(UsageError);
    },
  );
});
