import { DomainError } from '@ushadow/contracts';
import { AWAY, storeFailure } from './store-failure.ts';

/** Nothing was stored: there was no connection, or it was lost before the end of the transaction was asked for. */
export function storeAway(cause: unknown): DomainError {
  return new DomainError('STORE_UNAVAILABLE', 'unavailable', storeFailure(cause) ?? AWAY, { cause });
}

/**
 * The answer to a COMMIT, or to a statement that is its own transaction, was lost: it may be stored, and it may yet be.
 * Whoever asked looks for what they gave an id, or asks for the same again under the same id.
 */
export function outcomeUnknown(cause: unknown): DomainError {
  const text = 'The database did not say whether this was stored. Look before you ask for it again.';
  return new DomainError('OUTCOME_UNKNOWN', 'unavailable', text, { cause });
}

export function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'OUTCOME_UNKNOWN';
}

/** A row of this key is there already. */
export function isTaken(error: unknown): boolean {
  return hasCode(error, '23505');
}

/** A row that this one refers to is not there. */
export function isOrphan(error: unknown): boolean {
  return hasCode(error, '23503');
}

function hasCode(error: unknown, code: string): boolean {
  return (error as { code?: unknown } | null)?.code === code;
}
