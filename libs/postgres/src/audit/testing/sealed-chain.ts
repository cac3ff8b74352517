import { randomUUID } from 'node:crypto';
import { canonical, type AuditDraft } from '../audit-record.ts';
import { CHAIN_START } from '../chain-walk.ts';
import { sealOf, type AuditKeys, type ChainHead, type SealedRecord } from '../seal.ts';

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

/** A trail as it is written, entry after entry; `before` is what stands in it already, `fields` what is of its own in the entries. */
export function chainOf(
  targets: readonly string[],
  keys: AuditKeys,
  service = 'compiler',
  before: readonly SealedRecord[] = [],
  fields: Partial<AuditDraft> = {},
): SealedRecord[] {
  const rows = [...before];
  for (const target of targets) {
    const head: ChainHead = rows.at(-1) ?? CHAIN_START;
    const sequence = head.sequence + 1;
    // The same each time it is made.
    const record = canonical({ ...draftOf(target), ...fields, audit_id: uuidOf(sequence), service, sequence });
    const { current } = keys;
    const seal = sealOf(current, head.seal, record);
    rows.push({ sequence, record, keyId: current.id, previousSeal: head.seal, seal });
  }
  return rows;
}

const uuidOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
