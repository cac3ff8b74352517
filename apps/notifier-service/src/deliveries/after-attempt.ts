import type { ClaimedDelivery, Outcome } from './delivery.ts';

const FIRST_WAIT_MS = 5_000;
const GROWTH = 4;
const WAIT_MAX_MS = 6 * 3_600_000;
/** A receiver may ask for more time, within reason. */
const ASKED_WAIT_MAX_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** A receiver that is not well gets one call in so much time, however many wait for it. */
const LEFT_ALONE_MAX_MS = 60_000;

/** What is written after an attempt. */
export interface Standing {
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly dueAt: Date;
  readonly failingSince: Date | null;
  /** It gets nothing more until somebody says so. */
  readonly isPaused: boolean;
  /** For so long nothing is sent to the channel, whatever waits for it. */
  readonly leftAloneMs: number;
  /** Of the channel, in words. */
  readonly reason: string | null;
}

/**
 * What becomes of a delivery and its channel: waits grow fourfold with some jitter, for a day; who answers 410 Gone or fails
 * for a day is sent nothing more. A receiver that is overloaded or away is left alone with the rest meanwhile.
 */
export function afterAttempt(
  {
    attemptsMade,
    giveUpAt,
    channel,
  }: Pick<ClaimedDelivery, 'attemptsMade' | 'giveUpAt'> & {
    readonly channel: Pick<ClaimedDelivery['channel'], 'failingSince'>;
  },
  outcome: Outcome,
  now: Date,
  random: () => number = Math.random,
): Standing {
  if (outcome.ok)
    return { state: 'delivered', dueAt: now, failingSince: null, isPaused: false, leftAloneMs: 0, reason: null };
  const failingSince = channel.failingSince ?? now;
  if (outcome.isGone === true) {
    const reason = `Paused: ${outcome.message}, so the receiver wants no more.`;
    return { state: 'failed', dueAt: now, failingSince, isPaused: true, leftAloneMs: 0, reason };
  }
  const wait = waitMs(attemptsMade, outcome.retryAfterMs, random);
  const dueAt = new Date(now.getTime() + wait);
  const isPaused = now.getTime() - failingSince.getTime() >= DAY_MS;
  const reason = isPaused
    ? `Paused: nothing could be delivered for a day; at last ${outcome.message}.`
    : `Failing: ${outcome.message}.`;
  return {
    state: dueAt > giveUpAt ? 'failed' : 'waiting',
    dueAt,
    failingSince,
    isPaused,
    leftAloneMs: leftAloneMs(outcome, wait),
    reason,
  };
}

function leftAloneMs({ status, retryAfterMs }: Outcome, wait: number): number {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, ASKED_WAIT_MAX_MS);
  // What it says of one notification says nothing of others.
  const isUnwell = status === null || status >= 500 || status === 429;
  return isUnwell ? Math.min(wait, LEFT_ALONE_MAX_MS) : 0;
}

function waitMs(attemptsMade: number, asked = 0, random: () => number): number {
  const usual = Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * GROWTH ** attemptsMade) * (0.8 + 0.4 * random());
  return Math.max(usual, Math.min(asked, ASKED_WAIT_MAX_MS));
}
