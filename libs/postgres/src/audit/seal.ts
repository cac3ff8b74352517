import { createHmac, timingSafeEqual } from 'node:crypto';

/** The keys that entries are sealed with, the current one for new ones; none of them is in the database. */
export interface AuditKeys {
  readonly current: AuditKey;
  get(id: string): AuditKey | undefined;
}

interface AuditKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** A row of a trail. */
export interface SealedRecord {
  readonly sequence: number;
  /** As it was sealed, byte by byte. */
  readonly record: string;
  readonly keyId: string;
  readonly previousSeal: string;
  readonly seal: string;
}

export function sealOf(key: AuditKey, previousSeal: string, record: string): string {
  return createHmac('sha256', key.bytes).update(`${previousSeal}\n${key.id}\n${record}`).digest('hex');
}

export type SealCheck = 'good' | 'changed' | 'key-missing';

export function checkSeal(
  keys: AuditKeys,
  { keyId, previousSeal, record, seal }: Omit<SealedRecord, 'sequence'>,
): SealCheck {
  const key = keys.get(keyId);
  if (key === undefined) return 'key-missing';
  const own = Buffer.from(sealOf(key, previousSeal, record));
  const given = Buffer.from(seal);
  return own.length === given.length && timingSafeEqual(own, given) ? 'good' : 'changed';
}
/** A place in a trail. */

export interface ChainHead {
  readonly sequence: number;
  readonly seal: string;
}
