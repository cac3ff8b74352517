import type { TrailReportData } from '@ushadow/contracts';
import { checkSeal, type AuditKeys, type SealedRecord } from './seal.ts';

/** A place in a trail. */
export interface ChainHead {
  readonly sequence: number;
  readonly seal: string;
}

/** What comes before the first entry. */
export const CHAIN_START: ChainHead = { sequence: 0, seal: '0'.repeat(64) };

export type Break = NonNullable<TrailReportData['broken']>;

/** Walks a trail entry by entry, in order, and finds the first one that does not fit. */
export class ChainWalk {
  readonly #keys: AuditKeys;
  readonly #service: string;
  #last: ChainHead;

  /** `from` is known to be good: the trail begins after it. */
  constructor(keys: AuditKeys, service: string, from: ChainHead = CHAIN_START) {
    this.#keys = keys;
    this.#service = service;
    this.#last = from;
  }

  /** How far it was found good. */
  get good(): ChainHead {
    return this.#last;
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
    if (check === 'changed' || !isAt(row.record, sequence, this.#service))
      return { sequence, reason: 'changed', message: `${entry} is not what was written.` };
    if (row.previousSeal !== this.#last.seal) {
      const message = `${entry} does not follow from the one before it: one of them was replaced.`;
      return { sequence, reason: 'not-chained', message };
    }
    this.#last = { sequence, seal: row.seal };
    return undefined;
  }
}

/** A good entry that stands in another place, or in the trail of another service, is no good entry there. */
function isAt(record: string, sequence: number, service: string): boolean {
  const read = JSON.parse(record) as { sequence?: unknown; service?: unknown };
  return read.sequence === sequence && read.service === service;
}
