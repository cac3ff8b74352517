import type { Verdict } from './deployment.ts';

export function cancelledVerdict(actor: string): Verdict {
  return {
    status: 'cancelled',
    code: VERDICT_CODES.cancelled,
    reason: `${actor} has cancelled it.`,
    object: null,
    remedy: null,
  };
}

export function supersededVerdict(by: string): Verdict {
  const reason = 'A newer deployment of this stack has taken its place.';
  return {
    status: 'superseded',
    code: VERDICT_CODES.superseded,
    reason,
    object: null,
    remedy: null,
    superseded_by: by,
  };
}
/** Codes of ends in which the engine had no say. Renaming one breaks stored deployments. */
export const VERDICT_CODES = {
  cancelled: 'CANCELLED',
  superseded: 'SUPERSEDED',
  /** It killed its workers, or none could deal with its wake-up. */
  workerLost: 'WORKER_LOST',
  /** Seen again after an unknown end: not everything had been written. */
  incomplete: 'INCOMPLETE',
} as const;
