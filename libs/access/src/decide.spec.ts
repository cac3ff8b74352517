import { describe, expect, it } from '@jest/globals';
import { roles, scopes, type Role } from '@ushadow/contracts';
import fc from 'fast-check';
import { decide } from './decide.ts';
import { atLeast, EVERYWHERE, type Grant } from './grant.ts';
import { keepVisible } from './keep-visible.ts';

const name = fc.constantFrom('a', 'ab', 'b', 'shop', 'shop-2');
const pattern = fc.constantFrom('*', 'a', 'a*', '*b', 'sh*p', 'shop-*', 'none');
const role = fc.constantFrom(...roles);
const grant: fc.Arbitrary<Grant> = fc.record({ role, cluster: pattern, namespaces: pattern, projects: pattern });
const grants = fc.array(grant, { maxLength: 5 });
const access = fc.record({ role, scope: fc.constantFrom(...scopes) });
const place = fc.record({ cluster: name, namespace: name, project: name }, { requiredKeys: [] });

describe('who may do what', () => {
  it('is never less with more grants, in whatever order they stand', () => {
    fc.assert(
      fc.property(grants, grants, access, place, (held, more, asked, where) => {
        const before = decide(held, asked, where).allowed;
        const after = decide([...more, ...held], asked, where);
        expect(after.allowed || !before).toBe(true);
        expect(decide([...held, ...more].reverse(), asked, where)).toEqual(after);
      }),
    );
  });

  it('is with a role all that it is with one below', () => {
    fc.assert(
      fc.property(grant, role, access, place, (held, other, asked, where) => {
        const [low, high]: [Role, Role] = atLeast(other, held.role) ? [held.role, other] : [other, held.role];
        const mayBelow = decide([{ ...held, role: low }], asked, where).allowed;
        expect(decide([{ ...held, role: high }], asked, where).allowed || !mayBelow).toBe(true);
      }),
    );
  });

  it('is nothing by a grant whose pattern does not match, and nothing without grants', () => {
    const elsewhere = fc.constantFrom<Partial<Grant>>(
      { cluster: 'none' },
      { namespaces: 'none' },
      { projects: 'none' },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(grant, elsewhere)), access, place, (held, asked, where) => {
        const none = held.map(([given, other]) => ({ ...given, ...other }));
        expect(decide(none, asked, where).allowed).toBe(false);
      }),
    );
    fc.assert(fc.property(access, place, (asked, where) => !decide([], asked, where).allowed));
  });

  it('is everything for an owner, and for a role everywhere all that asks for it', () => {
    fc.assert(
      fc.property(access, place, (asked, where) => {
        expect(decide([{ ...EVERYWHERE, role: 'owner' }], asked, where).allowed).toBe(true);
        expect(decide([{ ...EVERYWHERE, role: asked.role }], asked, where).allowed).toBe(true);
      }),
    );
  });

  it('reaches no further than its grant: of what is not known where it is, nothing', () => {
    const narrow: Grant = { ...EVERYWHERE, role: 'owner', cluster: 'c', namespaces: 'n', projects: 'p' };
    const here = { cluster: 'c', namespace: 'n', project: 'p' };
    expect(decide([narrow], { role: 'deployer', scope: 'stack' }, here).allowed).toBe(true);
    for (const scope of ['installation', 'cluster', 'namespace'] as const)
      expect(decide([narrow], { role: 'viewer', scope }, here).allowed).toBe(false);
    for (const missing of ['cluster', 'namespace', 'project'])
      expect(decide([narrow], { role: 'viewer', scope: 'stack' }, { ...here, [missing]: undefined }).allowed).toBe(
        false,
      );
  });

  it('says why', () => {
    const held: Grant = { ...EVERYWHERE, role: 'viewer', projects: 'shop' };
    const where = { cluster: 'c', namespace: 'n', project: 'shop' };
    expect(decide([held], { role: 'deployer', scope: 'stack' }, where).reason).toBe(
      'This needs the role deployer for cluster c, namespace n, project shop; yours is viewer.',
    );
    expect(decide([held], { role: 'viewer', scope: 'installation' }).reason).toBe(
      'This needs the role viewer for the installation; you hold none.',
    );
    expect(decide([held], { role: 'viewer', scope: 'stack' }, where)).toEqual({
      allowed: true,
      reason: 'Your role for cluster c, namespace n, project shop is viewer, and viewer is enough.',
    });
  });
});

describe('what is seen of a list', () => {
  it('is exactly what could be read one by one', () => {
    fc.assert(
      fc.property(grants, access, fc.array(place), (held, asked, places) => {
        const seen = keepVisible(places, held, asked.role, (each) => each, asked.scope);
        expect(seen).toEqual(places.filter((each) => decide(held, asked, each).allowed));
      }),
    );
  });
});
