import { randomUUID } from 'node:crypto';
import { canonical, type AuditDraft } from '../audit-record.ts';
import { CHAIN_START, type ChainHead } from '../chain-walk.ts';
import { sealOf, type AuditKeys, type SealedRecord } from '../seal.ts';

export function keysOf(...ids: readonly [string, ...string[]]): AuditKeys {
  const keys = new Map(ids.map((id) => [id, { id, bytes: Buffer.alloc(32, id) }]));
  const [first] = ids;
  return { current: { id: first, bytes: Buffer.alloc(32, first) }, get: (id) => keys.get(id) };
}

export function draftOf(target: string): AuditDraft {
  return {
    ...{ audit_id: randomUUID(), time: '2026-01-01T00:00:00.000Z', action: 'setting.set' },
    ...{ actor: 'operator', request_id: 'r', target, result: 'done', details: {}, cluster_id: null, namespace: null },
    ...{ project: null, services: [], stack_id: null, deployment_id: null, deployment: null },
  };
}

/** A trail as it is written, entry after entry. */
export function chainOf(targets: readonly string[], keys: AuditKeys, service = 'compiler'): SealedRecord[] {
  const rows: SealedRecord[] = [];
  for (const target of targets) {
    const before: ChainHead = rows.at(-1) ?? CHAIN_START;
    const sequence = before.sequence + 1;
    // The same each time it is made.
    const record = canonical({ ...draftOf(target), audit_id: String(sequence), service, sequence });
    const { current } = keys;
    const seal = sealOf(current, before.seal, record);
    rows.push({ sequence, record, keyId: current.id, previousSeal: before.seal, seal });
  }
  return rows;
}
