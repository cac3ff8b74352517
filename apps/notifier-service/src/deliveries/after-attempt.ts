import type { ClaimedDelivery, Outcome } from './delivery.ts';

const FIRST_WAIT_MS = 5_000;
const GROWTH = 4;
const WAIT_MAX_MS = 6 * 3_600_000;
/** A receiver may ask for more time, within reason. */
const ASKED_WAIT_MAX_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** What is written after an attempt. */
export interface Standing {
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly dueAt: Date;
  readonly failingSince: Date | null;
  /** It gets nothing more until somebody says so. */
  readonly isPaused: boolean;
  /** Of the channel, in words. */
  readonly reason: string | null;
}

/**
 * What becomes of a delivery and its channel: waits grow fourfold with some jitter, for a day; who answers 410 Gone or fails
 * for a day is sent nothing more.
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
  if (outcome.ok) return { state: 'delivered', dueAt: now, failingSince: null, isPaused: false, reason: null };
  const failingSince = channel.failingSince ?? now;
  if (outcome.isGone === true) {
    const reason = `Paused: ${outcome.message}, so the receiver wants no more.`;
    return { state: 'failed', dueAt: now, failingSince, isPaused: true, reason };
  }
  const dueAt = new Date(now.getTime() + waitMs(attemptsMade, outcome.retryAfterMs, random));
  const isPaused = now.getTime() - failingSince.getTime() >= DAY_MS;
  const reason = isPaused
    ? `Paused: nothing could be delivered for a day; at last ${outcome.message}.`
    : `Failing: ${outcome.message}.`;
  return { state: dueAt > giveUpAt ? 'failed' : 'waiting', dueAt, failingSince, isPaused, reason };
}

function waitMs(attemptsMade: number, asked = 0, random: () => number): number {
  const usual = Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * GROWTH ** attemptsMade) * (0.8 + 0.4 * random());
  return Math.max(usual, Math.min(asked, ASKED_WAIT_MAX_MS));
}
