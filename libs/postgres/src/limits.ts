/** How long a service waits for its database. Milliseconds. */
export interface Limits {
  /** For a connection: one of the pool's, or a new one. */
  readonly connect: number;
  /** For a lock that somebody else holds. */
  readonly lock: number;
  /** For a statement, counted by the server. */
  readonly statement: number;
  /** That a transaction may stand still, counted by the server: the others wait for its locks. */
  readonly idle: number;
  /** For an answer, counted here: over a connection that went silent none ever comes. */
  readonly answer: number;
  /** For all statements of a transaction together. */
  readonly transaction: number;
}

/**
 * Whatever the server counts is below what is counted here: a statement that takes too long is refused by the server,
 * which knows what came of it. Only a server that says nothing at all is given up from this side.
 */
export const LIMITS: Limits = {
  connect: 5_000,
  lock: 5_000,
  statement: 7_000,
  idle: 8_000,
  answer: 10_000,
  transaction: 15_000,
};
