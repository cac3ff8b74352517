/** A message that must go out because a row was written; stored in the same transaction as that row. */
export interface OutboxMessage<Kind extends string = string> {
  /** Whoever gets it twice knows it by this. */
  readonly id: string;
  readonly kind: Kind;
  readonly payload: unknown;
  readonly actor: string;
  readonly requestId: string;
  /** Those of one aggregate go out one after the other, as they were added; without it order does not matter. */
  readonly aggregate?: string;
  /** Not before so many milliseconds. */
  readonly delayMs?: number;
}

/** Why a message was set aside: nobody could ever send it. */
export interface SetAside {
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly at: Date;
}

/** Thrown by whoever cannot send a message, now or later: it is set aside, and the others go on. */
export class Unsendable extends Error {
  override readonly name = 'Unsendable';
}
