import { describe, expect, it } from '@jest/globals';
import type { AuditEntryData } from '@ushadow/contracts';
import { CHAIN_START, chained, type AuditDraft } from './audit-entry.ts';
import { ChainWalk, type Break } from './verify-chain.ts';

const draft = (name: string): AuditDraft => ({
  audit_id: '00000000-0000-4000-8000-000000000000',
  time: '2026-01-01T00:00:00.000Z',
  action: 'deployment.finished',
  kind: 'deploy',
  actor: 'operator',
  request_id: 'r',
  deployment_id: null,
  plan_id: null,
  cluster_id: '0123456789abcdef',
  namespace: 'n',
  service_id: 's',
  service_name: name,
  plan_hash: null,
  desired_digest: 'k:1',
  before_digest: null,
  after_digest: null,
  verdict: { status: 'failed', code: 'X', reason: 'r', object: null, remedy: null },
});

function chainOf(names: readonly string[]): AuditEntryData[] {
  const entries: AuditEntryData[] = [];
  for (const name of names) entries.push(chained(draft(name), entries.at(-1) ?? CHAIN_START));
  return entries;
}

const good = chainOf(['a', 'b', 'c', 'd']);
const head = good.at(-1) ?? CHAIN_START;

function verify(entries: readonly AuditEntryData[], recorded = head): Break | undefined {
  const walk = new ChainWalk();
  for (const entry of entries) {
    const broken = walk.take(entry);
    if (broken !== undefined) return broken;
  }
  return walk.end(recorded);
}

describe('the audit chain (B14)', () => {
  it('is intact as it was written, whatever order the database gives the fields back in', () => {
    const reordered = good.map((entry) => Object.fromEntries(Object.entries(entry).reverse()) as AuditEntryData);
    expect(verify(reordered)).toBeUndefined();
    expect(verify([], CHAIN_START)).toBeUndefined();
  });

  it('names the first entry in which any field was changed', () => {
    for (const field of Object.keys(good[1] ?? {})) {
      if (field === 'sequence') continue;
      const changed = good.map((entry, index) => (index === 1 ? { ...entry, [field]: 'other' } : entry));
      expect([field, verify(changed)?.sequence]).toEqual([field, 2]);
    }
  });

  it('names an entry that is missing, at the end as well', () => {
    expect(verify(good.filter(({ sequence }) => sequence !== 3))).toMatchObject({ sequence: 3, reason: 'missing' });
    expect(verify(good.slice(0, 2))).toMatchObject({ sequence: 3, reason: 'missing' });
  });

  it('names the place where another chain was put in', () => {
    const other = chainOf(['a', 'x', 'c', 'd']);
    expect(verify([...good.slice(0, 2), ...other.slice(2)])).toMatchObject({ sequence: 3, reason: 'not-chained' });
    expect(verify(other)).toMatchObject({ sequence: 4, reason: 'not-chained' });
  });

  it('names an entry that nobody recorded', () => {
    expect(verify([...good, chained(draft('e'), head)])).toMatchObject({ sequence: 5, reason: 'unknown-entry' });
  });
});
