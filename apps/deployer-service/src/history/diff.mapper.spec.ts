import { describe, expect, it } from '@jest/globals';
import type { Plan, PlanEntry } from '@ushadow/deploy-engine';
import { ofPlan } from './diff.mapper.ts';

const entry = (name: string, rest: Partial<PlanEntry>): PlanEntry => ({
  object: { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name },
  ...{ action: 'unchanged', changes: [], desiredDigest: '', changeDigest: '', verified: true, warnings: [] },
  ...rest,
});

const plan = (entries: readonly PlanEntry[], problems: Plan['problems'] = []): Plan => ({
  ...{ entries, problems, newNamespaces: [], podSecurity: [], warnings: [], hash: '' },
});

describe('the plan of going to a revision, as a diff with what runs', () => {
  const changes = [
    { path: 'data.a', change: 'changed', before: '"live"', after: '"wanted"' },
    { path: 'data.b', change: 'added', after: '"wanted"' },
  ] as const;
  const made = plan([
    entry('same', {}),
    entry('gone', { action: 'create' }),
    entry('more', { action: 'delete' }),
    entry('other', { action: 'update', changes }),
  ]);

  it('tells what running has to become the revision', () => {
    const { differences, unchanged } = ofPlan(made, 'to');
    expect(unchanged).toBe(1);
    expect(differences.map(({ object, change }) => [object.name, change])).toEqual([
      ['gone', 'added'],
      ['more', 'removed'],
      ['other', 'changed'],
    ]);
    expect(differences[2]?.changes).toEqual(changes);
  });

  it('read from the revision tells the same the other way round', () => {
    const { differences } = ofPlan(made, 'from');
    expect(differences.map(({ change }) => change)).toEqual(['removed', 'added', 'changed']);
    expect(differences[2]?.changes).toEqual([
      { path: 'data.a', change: 'changed', before: '"wanted"', after: '"live"' },
      { path: 'data.b', change: 'removed', before: '"wanted"' },
    ]);
  });

  it('says of what the server would not answer that it is not known, and names who took a field', () => {
    const refused = entry('refused', { action: 'update' });
    const taken = entry('taken', { action: 'update', conflicts: [{ field: '.data.a', manager: 'kubectl' }] });
    const problems = [
      { code: 'PERMISSION_DENIED' as const, message: 'it may not', object: refused.object, evidence: [] },
    ];
    const { differences } = ofPlan(plan([refused, taken], problems), 'from');
    expect(differences).toMatchObject([
      { change: 'unknown', problem: 'it may not' },
      { change: 'changed', problem: null, conflicts: [{ manager: 'kubectl' }] },
    ]);
  });
});
