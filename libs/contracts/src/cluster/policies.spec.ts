import { describe, expect, it } from '@jest/globals';
import { clusterPolicyChanges, DEFAULT_POLICIES, isAllowedIn, type ClusterPolicies } from './policies.ts';

describe('policies of a cluster', () => {
  it('allow everything unless somebody says otherwise', () => {
    expect(isAllowedIn(DEFAULT_POLICIES, 'exec', 'shop')).toBe(true);
    expect(isAllowedIn(DEFAULT_POLICIES, 'port_forward', 'constructor')).toBe(true);
  });

  it('are a namespace’s own where it has a word of its own, and its cluster’s where it has none', () => {
    const policies: ClusterPolicies = {
      exec: false,
      port_forward: true,
      namespaces: { dev: { exec: true }, prod: { port_forward: false } },
    };
    const allowed = ['dev', 'prod', 'other'].map((each) => [
      isAllowedIn(policies, 'exec', each),
      isAllowedIn(policies, 'port_forward', each),
    ]);
    expect(allowed).toEqual([
      [true, true],
      [false, false],
      [false, true],
    ]);
  });

  it('name namespaces alone, and nothing that is unknown', () => {
    const refused = [
      { namespaces: { Upper: {} } },
      { namespaces: { a: { shell: true } } },
      { exec: 'no' },
      { all: true },
    ];
    for (const changes of refused) expect(clusterPolicyChanges.safeParse(changes).success).toBe(false);
  });
});
