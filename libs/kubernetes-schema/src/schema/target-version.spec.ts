import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { kubeVersions } from './kube-version.ts';
import { hasMinor, targetVersion } from './target-version.ts';

describe('the version of the cluster', () => {
  it.each([
    ['v1.37.2', '1.37', 37, 'bundled'],
    ['1.35', '1.35', 35, 'bundled'],
    ['1.36.0-rc.1+k3s1', '1.36', 36, 'bundled'],
    ['v1.36.4-eks-1a2b3c', '1.36', 36, 'bundled'],
    ['1.36+', '1.36', 36, 'bundled'],
    ['v1.41.0', '1.37', 41, 'newer'],
    ['v1.30.7-gke.100', '1.35', 30, 'older'],
    ['latest', '1.37', undefined, 'unreadable'],
    ['', '1.37', undefined, 'unreadable'],
    [undefined, '1.37', undefined, 'unsaid'],
  ])('%s is checked against %s', (text, schema, minor, standing) => {
    expect(targetVersion(text)).toEqual({ schema, minor, standing });
  });

  it('any minor release gets the nearest API that is bundled', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(20), (minor, patch) => {
        const target = targetVersion(`v1.${minor}.${patch}`);
        const distance = (version: string): number => Math.abs(Number(version.slice(2)) - minor);
        expect(distance(target.schema)).toBe(Math.min(...kubeVersions.map(distance)));
        expect(target.standing === 'bundled').toBe(distance(target.schema) === 0);
        expect(hasMinor(target, minor)).toBe(true);
        expect(hasMinor(target, minor + 1)).toBe(false);
      }),
    );
  });

  it('a version that nobody said has nothing that came late', () => {
    expect(hasMinor(targetVersion(undefined), 0)).toBe(false);
  });
});
