import { describe, expect, it } from '@jest/globals';
import { isVisible } from './setting.ts';

const installation = { project: null, forUploads: false };
const forAll = { project: null, forUploads: true };
const ofShop = { project: 'shop', forUploads: false };

describe('a setting', () => {
  it.each([
    ['of the installation', installation, { directory: true, upload: false }],
    ['of the installation that is for uploads', forAll, { directory: true, upload: true }],
    ['of another project', ofShop, { directory: false, upload: false }],
  ] as const)('%s is seen by those it is for', (_name, scope, seen) => {
    for (const origin of ['directory', 'upload'] as const) {
      expect(isVisible(scope, { stem: 'blog', origin })).toBe(seen[origin]);
    }
  });

  it('of a project is seen by that project, wherever it comes from', () => {
    for (const origin of ['directory', 'upload'] as const)
      expect(isVisible(ofShop, { stem: 'shop', origin })).toBe(true);
  });
});
