import type { TrailReportData } from '@ushadow/contracts';
import { checkSeal, type AuditKeys, type ChainHead, type SealedRecord } from './seal.ts';
import { trimOf } from './trim.ts';

/** What comes before the first entry. */
export const CHAIN_START: ChainHead = { sequence: 0, seal: '0'.repeat(64) };

export type Break = NonNullable<TrailReportData['broken']>;

/** Walks a trail entry by entry, in order, and finds the first one that does not fit. */
export class ChainWalk {
  readonly #keys: AuditKeys;
  readonly #service: string;
  readonly #former = new Set<string>();
  readonly #seen = new Set<string>();
  #trimmed: ChainHead | undefined;
  #keyId: string | undefined;
  #last: ChainHead;

  /** The trail begins after `from`. */
  constructor(keys: AuditKeys, service: string, from: ChainHead = CHAIN_START) {
    this.#keys = keys;
    this.#service = service;
    this.#last = from;
  }

  /** How far it was found good. */
  get good(): ChainHead {
    return this.#last;
  }

  /** Up to where entries were exported and may be missing, by the newest entry that says so. */
  get trimmed(): ChainHead | undefined {
    return this.#trimmed;
  }

  /** Keys that seal nothing after `current` has: those of the entries so far, and those that a trim says were former. */
  formerKeys(current: string): readonly string[] {
    return [...new Set([...this.#former, ...this.#seen])].filter((id) => id !== current).sort();
  }

  /** Undefined while all is well. */
  take(row: SealedRecord): Break | undefined {
    const sequence = this.#last.sequence + 1;
    const entry = `Entry ${String(sequence)} of the ${this.#service}-service`;
    if (row.sequence !== sequence) return { sequence, reason: 'missing', message: `${entry} is missing.` };
    const check = checkSeal(this.#keys, row);
    if (check === 'key-missing') {
      const message = `${entry} was sealed with key ${row.keyId}, which AUDIT_KEYS does not have.`;
      return { sequence, reason: 'key-missing', message };
    }
    const record = check === 'changed' ? {} : read(row.record);
    // A good entry that stands in another place, or in the trail of another service, is no good entry there.
    if (check === 'changed' || record['sequence'] !== sequence || record['service'] !== this.#service)
      return { sequence, reason: 'changed', message: `${entry} is not what was written.` };
    if (row.previousSeal !== this.#last.seal) {
      const message = `${entry} does not follow from the one before it: one of them was replaced.`;
      return { sequence, reason: 'not-chained', message };
    }
    if (this.#former.has(row.keyId)) {
      const message = `${entry} was sealed with key ${row.keyId} after another key had followed that one: only the newest seals.`;
      return { sequence, reason: 'former-key', message };
    }
    this.#accept(row, record);
    return undefined;
  }

  #accept({ sequence, keyId, seal }: SealedRecord, record: Readonly<Record<string, unknown>>): void {
    if (this.#keyId !== undefined && this.#keyId !== keyId) this.#former.add(this.#keyId);
    this.#keyId = keyId;
    this.#seen.add(keyId);
    const trim = trimOf(record);
    for (const id of trim?.formerKeys ?? []) if (id !== keyId) this.#former.add(id);
    this.#trimmed = trim?.last ?? this.#trimmed;
    this.#last = { sequence, seal };
  }
}

function read(record: string): Readonly<Record<string, unknown>> {
  return JSON.parse(record) as Record<string, unknown>;
}
