import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codesOf, compileProject, objectOf } from '../testing/compile-project.ts';
import type { LooseProject } from '../testing/compile-project.ts';

const compiledFor = (version: string | undefined, project: LooseProject) =>
  compileProject(project, { target: { namespace: 'shop', ...(version === undefined ? {} : { version }) } });

const imageVolume: LooseProject = {
  services: { web: { volumes: [{ type: 'image', source: 'assets:1', target: '/assets' }] } },
};

describe('what the release of a cluster does not have', () => {
  it.each([
    ['v1.30.1', ['CMP1211 ', 'CMP1212 /services/web/volumes/0'], false],
    ['v1.34.0', ['CMP1211 ', 'CMP1213 /services/web/volumes/0'], true],
    ['v1.35.0', [], true],
    ['v1.38.0', ['CMP1210 '], true],
    [undefined, [], true],
  ])('is said at its line: an image volume on %s', (version, codes, ok) => {
    const result = compiledFor(version, imageVolume);
    expect(codesOf(result).filter((code) => code.startsWith('CMP12'))).toEqual(codes);
    expect(result.ok).toBe(ok);
  });

  it('is said of what is off there as well as of what is not there', () => {
    const result = compiledFor('v1.27', {
      services: {
        web: { userns_mode: 'private', security_opt: ['apparmor=own', 'systempaths=unconfined'] },
        side: { network_mode: 'service:web' },
        late: { network_mode: 'service:web', depends_on: { side: { condition: 'service_started', required: true } } },
      },
    });
    const found = codesOf(result).filter((code) => /^CMP121[23]/.test(code));
    expect(found).toEqual(
      expect.arrayContaining(['CMP1212 /services/web/security_opt', 'CMP1213 /services/web/security_opt']),
    );
  });

  it('a newer release never has more of it', () => {
    const project: LooseProject = {
      services: {
        web: {
          volumes: [{ type: 'image', source: 'assets:1', target: '/assets' }],
          userns_mode: 'private',
          security_opt: ['apparmor=own', 'systempaths=unconfined'],
        },
      },
    };
    const missing = (minor: number) =>
      codesOf(compiledFor(`1.${minor}`, project)).filter((code) => /^CMP121[23]/.test(code));
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 40 }), fc.nat(10), (minor, more) => {
        const places = (codes: readonly string[]) => new Set(codes.map((code) => code.slice(8)));
        const after = places(missing(minor + more));
        const before = places(missing(minor));
        expect([...after].filter((place) => !before.has(place))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a service whose name begins with a digit', () => {
  const project: LooseProject = {
    services: { '3proxy': { expose: ['80'], networks: { default: { aliases: ['1st'] } } }, web: {} },
    networks: { default: { name: 'demo_default' } },
  };

  it.each(['1.36', 'v1.37.2', 'v1.45.0'])('is called so in a cluster of %s, which takes such names', (version) => {
    const result = compiledFor(version, project);
    expect(objectOf(result, 'Service', '3proxy')).toBeDefined();
    expect(objectOf(result, 'Service', '1st')).toBeDefined();
    expect(codesOf(result).filter((code) => /^CMP010|^CMP1201/.test(code))).toEqual([]);
  });

  it.each(['1.35', undefined])('has another name in a cluster of %s, which is said', (version) => {
    const result = compiledFor(version, project);
    expect(objectOf(result, 'Service', '3proxy')).toBeUndefined();
    expect(codesOf(result)).toContain('CMP0102 /services/3proxy');
  });

  it('has the same workload in both, so that an update of the cluster replaces no pods of another name', () => {
    const names = (version: string) =>
      compiledFor(version, project).objects.flatMap(({ kind, metadata }) =>
        kind === 'Deployment' ? [metadata.name] : [],
      );
    expect(names('1.36')).toEqual(names('1.35'));
  });
});
