import { describe, expect, it } from '@jest/globals';
import { sourceIdentity } from './source-identity.ts';

describe('sourceIdentity', () => {
  it('is the same wherever the project is checked out', () => {
    for (const folder of ['/home/a/shop', '/srv/ci/42/shop']) {
      expect(sourceIdentity(`${folder}/data/db`, folder)).toBe('./data/db');
      expect(sourceIdentity(folder, folder)).toBe('.');
      expect(sourceIdentity(`${folder}/../shared`.replace('/shop/..', ''), folder)).toBe('../shared');
    }
  });

  it('keeps paths from elsewhere apart from those of the project', () => {
    expect(sourceIdentity('/data', '/home/a/shop')).toBe('/data');
    expect(sourceIdentity('/srv/data', undefined)).toBe('/srv/data');
  });
});
