/** Codes of ends in which the engine had no say. Renaming one breaks stored deployments. */
export const VERDICT_CODES = {
  cancelled: 'CANCELLED',
  superseded: 'SUPERSEDED',
  /** It killed its workers, or none could deal with its wake-up. */
  workerLost: 'WORKER_LOST',
  /** Seen again after an unknown end: not everything had been written. */
  incomplete: 'INCOMPLETE',
} as const;
