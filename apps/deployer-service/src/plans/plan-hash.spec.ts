import { clusterTarget } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import type { PlanEntry } from '@ushadow/deploy-engine';
import { parseKeyRing, type KeyRing } from '@ushadow/secrets';
import { defaultOptions } from '../deployments/deploy-options.ts';
import { DesiredStateCipher } from '../deployments/desired-state.ts';
import { maskedPlan } from './masked-plan.ts';
import { planHash, type HashedPlan } from './plan-hash.ts';

const plan: HashedPlan = {
  kind: 'deploy',
  ...{ target: clusterTarget('c'), namespace: 'n', project: 's', desiredDigest: 'k:d', baseRevision: 3 },
  options: { ...defaultOptions, deleteClaims: ['a', 'b'] },
  plan: { hash: 'h' },
};

function ringOf(...keys: readonly string[]): KeyRing {
  const text = keys.map((id) => `${id}:${Buffer.from(id.repeat(32)).toString('base64')}`).join(',');
  const { ring } = parseKeyRing(text);
  if (ring === undefined) throw new Error('no ring');
  return ring;
}

describe('the hash of a plan', () => {
  it('is the same for the same, in whatever order claims are named', () => {
    const again = { ...plan, options: { ...plan.options, deleteClaims: ['b', 'a'] } };
    expect(planHash('key', again)).toBe(planHash('key', plan));
  });

  const otherOptions: Partial<HashedPlan['options']>[] = [
    { deadlineSeconds: 1 },
    { stallSeconds: 1 },
    { takeOver: true },
    { recreate: 'all' },
    { rollback: false },
    { prune: false },
    { deleteClaims: [] },
  ];
  const changes: Partial<HashedPlan>[] = [
    { target: clusterTarget('other') },
    { namespace: 'other' },
    { project: 'other' },
    { desiredDigest: 'other' },
    { plan: { hash: 'other' } },
    ...otherOptions.map((options) => ({ options: { ...plan.options, ...options } })),
  ];

  it.each(changes.map((change) => [change] as const))('is another one with %j', (change) => {
    expect(planHash('key', { ...plan, ...change })).not.toBe(planHash('key', plan));
  });

  it('cannot be made without the key', () => {
    expect(planHash('other key', plan)).not.toBe(planHash('key', plan));
  });
});

describe('digests of what is wanted', () => {
  it('name their key, tell nothing, and hold after another key has come first', () => {
    const before = new DesiredStateCipher(ringOf('a'));
    const after = new DesiredStateCipher(ringOf('b', 'a'));
    const digest = before.digest('text');
    expect(digest).toMatch(/^a:[0-9a-f]{64}$/);
    expect(after.digest('text')).not.toBe(digest);
    expect([after.isDigestOf(digest, 'text'), after.isDigestOf(digest, 'other')]).toEqual([true, false]);
    expect(new DesiredStateCipher(ringOf('b')).isDigestOf(digest, 'text')).toBe(false);
  });
});

describe('a plan before it is stored', () => {
  it('has the words of the cluster masked, and its digests and names as they were', () => {
    const object = { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'n', name: 'secretname' };
    const entry: PlanEntry = {
      ...{ object, action: 'update' as const, desiredDigest: 'secret', changeDigest: 'secret', verified: true },
      changes: [{ path: 'data.secret', change: 'changed', before: 'secret', after: 'secret' }],
      warnings: ['a secret warning'],
    };
    const masked = maskedPlan(
      { entries: [entry], newNamespaces: [], podSecurity: [], problems: [], warnings: [], hash: 'secret' },
      (text) => text.replaceAll('secret', '***'),
    );
    expect(masked.entries).toEqual([
      { ...entry, changes: [{ ...entry.changes[0], before: '***', after: '***' }], warnings: ['a *** warning'] },
    ]);
    expect(masked.hash).toBe('secret');
  });
});
