import { DomainError, type Operation } from '@ushadow/contracts';
import type { Claim, KeyedRequest } from '@ushadow/postgres';
import { createHash, createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** Where the owning service remembers what it has answered. */
export interface RepeatStore {
  /** Takes a request for so long, or says what is known of it. */
  claim(request: KeyedRequest, holdMs: number): Promise<Claim>;
  answered(effectId: string, answer: unknown): Promise<void>;
  /** Lets go of a request that was not answered, so that the next try need not wait. */
  release(effectId: string): Promise<void>;
}

const LOOK_MS = 100;
/** Beyond the time its caller waits, work that was begun may still end. */
const HOLD_BEYOND_MS = 5_000;

export function keyedRequest(actor: string, operation: Operation, key: string, input: unknown): KeyedRequest {
  return {
    actor,
    operation: operation.subject,
    keyDigest: createHash('sha256').update(key).digest('hex'),
    // Under the key, which nobody can guess, so that a secret in the input cannot be found by trying.
    requestDigest: createHmac('sha256', key).update(JSON.stringify(input)).digest('hex'),
  };
}

/**
 * Answers a request once: later ones get the first one's answer, those that come meanwhile wait for it. What failed may be
 * tried again, with the same effect id. Throws IDEMPOTENCY_KEY_REUSED for another request under the same key.
 */
export async function answerOnce<T>(
  store: RepeatStore,
  request: KeyedRequest,
  times: { readonly workMs: number; readonly deadline: number },
  work: (effectId: string) => Promise<T>,
): Promise<T> {
  for (;;) {
    const claim = await store.claim(request, times.workMs + HOLD_BEYOND_MS);
    if (claim.kind === 'answered') return claim.answer as T;
    if (claim.kind === 'another-request') throw reused();
    if (claim.kind === 'held') return carryOut(store, claim.effectId, work);
    if (Date.now() + LOOK_MS > times.deadline) {
      const message = 'The same request is still being carried out. Send it again in a moment.';
      throw new DomainError('DEADLINE_EXCEEDED', 'unavailable', message);
    }
    await pause(LOOK_MS);
  }
}

async function carryOut<T>(store: RepeatStore, effectId: string, work: (effectId: string) => Promise<T>): Promise<T> {
  let answer: T;
  try {
    answer = await work(effectId);
  } catch (error) {
    // What cannot be let go of is free when its time is over.
    await store.release(effectId).catch(() => undefined);
    throw error;
  }
  // The effect stands: whoever did not get the answer sends the request again, which finds the effect by its id.
  await store.answered(effectId, answer).catch(() => undefined);
  return answer;
}

function reused(): DomainError {
  const message = 'This Idempotency-Key was sent with another request. Use a new key for each request.';
  return new DomainError('IDEMPOTENCY_KEY_REUSED', 'invalid', message);
}
