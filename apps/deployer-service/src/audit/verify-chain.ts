import type { AuditEntryData } from '@ushadow/contracts';
import { CHAIN_START, hashOf, type ChainHead } from './audit-entry.ts';

export interface Break {
  readonly sequence: number;
  readonly reason: 'changed' | 'missing' | 'not-chained' | 'unknown-entry';
  readonly message: string;
}

/** Walks a chain entry by entry, in order, and finds the first one that does not fit. */
export class ChainWalk {
  private last: ChainHead = CHAIN_START;

  /** How far it was found good. */
  get good(): ChainHead {
    return this.last;
  }

  /** Undefined while all is well. */
  take(entry: AuditEntryData): Break | undefined {
    const expected = this.last.sequence + 1;
    if (entry.sequence !== expected) return missing(expected);
    if (hashOf(entry) !== entry.hash)
      return { sequence: expected, reason: 'changed', message: `Entry ${expected} is not what was written.` };
    if (entry.previous_hash !== this.last.hash) {
      const message = `Entry ${expected} does not follow from entry ${expected - 1}: one of them was replaced.`;
      return { sequence: expected, reason: 'not-chained', message };
    }
    this.last = { sequence: entry.sequence, hash: entry.hash };
    return undefined;
  }

  /** After the last entry: does the trail end where it was recorded to end? */
  end(head: ChainHead): Break | undefined {
    if (this.last.sequence < head.sequence) return missing(this.last.sequence + 1);
    if (this.last.sequence > head.sequence) {
      const sequence = head.sequence + 1;
      return { sequence, reason: 'unknown-entry', message: `Entry ${sequence} was not written by a deployer.` };
    }
    if (this.last.hash === head.hash) return undefined;
    const { sequence } = head;
    return { sequence, reason: 'not-chained', message: `Entry ${sequence} is another one than was recorded last.` };
  }
}

function missing(sequence: number): Break {
  return { sequence, reason: 'missing', message: `Entry ${sequence} is missing.` };
}
