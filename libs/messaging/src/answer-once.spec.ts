import { describe, expect, it } from '@jest/globals';
import { operations } from '@ushadow/contracts';
import type { Claim, KeyedRequest } from '@ushadow/postgres';
import { answerOnce, keyedRequest, type RepeatStore } from './answer-once.ts';

/** As the table does it. */
class MemoryStore implements RepeatStore {
  readonly rows = new Map<string, { request: KeyedRequest; effectId: string; held: boolean; answer: unknown }>();

  claim(request: KeyedRequest): Promise<Claim> {
    const key = [request.actor, request.operation, request.keyDigest].join();
    const row = this.rows.get(key) ?? { request, effectId: `effect-${this.rows.size}`, held: false, answer: undefined };
    this.rows.set(key, row);
    if (row.request.requestDigest !== request.requestDigest) return Promise.resolve({ kind: 'another-request' });
    if (row.answer !== undefined) return Promise.resolve({ kind: 'answered', answer: row.answer });
    if (row.held) return Promise.resolve({ kind: 'busy' });
    row.held = true;
    return Promise.resolve({ kind: 'held', effectId: row.effectId });
  }

  answered(effectId: string, answer: unknown): Promise<void> {
    for (const row of this.rows.values()) if (row.effectId === effectId) row.answer = answer;
    return Promise.resolve();
  }

  release(effectId: string): Promise<void> {
    for (const row of this.rows.values()) if (row.effectId === effectId) row.held = false;
    return Promise.resolve();
  }
}

const request = (key = 'key', input: unknown = { a: 1 }, actor = 'operator') =>
  keyedRequest(actor, operations.deployStack, key, input);
const soon = () => ({ workMs: 1_000, deadline: Date.now() + 5_000 });

describe('a request under a key', () => {
  it('is carried out once, whoever sends it at once or later', async () => {
    const store = new MemoryStore();
    let done = 0;
    const send = () => answerOnce(store, request(), soon(), () => Promise.resolve({ done: (done += 1) }));
    expect(await Promise.all([send(), send(), send()])).toEqual([{ done: 1 }, { done: 1 }, { done: 1 }]);
    expect(await send()).toEqual({ done: 1 });
  });

  it('is another one for another actor, operation or key', async () => {
    const store = new MemoryStore();
    const other = keyedRequest('operator', operations.removeStack, 'key', { a: 1 });
    const effects = new Set<string>();
    for (const each of [request(), request('key2'), request('key', { a: 1 }, 'somebody'), other])
      await answerOnce(store, each, soon(), (effectId) => Promise.resolve(effects.add(effectId)));
    expect(effects.size).toBe(4);
  });

  it('is refused when something else is asked under the same key', async () => {
    const store = new MemoryStore();
    await answerOnce(store, request(), soon(), () => Promise.resolve({}));
    const again = answerOnce(store, request('key', { a: 2 }), soon(), () => Promise.resolve({}));
    await expect(again).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', kind: 'invalid' });
  });

  it('may be tried again after a failure, for the same effect', async () => {
    const store = new MemoryStore();
    const effects: string[] = [];
    const fail = answerOnce(store, request(), soon(), (effectId) => {
      effects.push(effectId);
      return Promise.reject(new Error('the answer was lost'));
    });
    await expect(fail).rejects.toThrow('the answer was lost');
    await answerOnce(store, request(), soon(), (effectId) => Promise.resolve(effects.push(effectId)));
    expect(effects).toEqual(['effect-0', 'effect-0']);
  });

  it('is not waited for beyond the deadline', async () => {
    const store = new MemoryStore();
    await store.claim(request());
    const late = answerOnce(store, request(), { workMs: 1, deadline: Date.now() }, () => Promise.resolve({}));
    await expect(late).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED', kind: 'unavailable' });
  });

  it('leaves nothing behind from which it or its key could be guessed', () => {
    const [one, two] = [request('key-one', { password: 'x' }), request('key-two', { password: 'x' })];
    expect(one.requestDigest).not.toBe(two.requestDigest);
    expect(JSON.stringify(one)).not.toMatch(/key-one|password/);
  });
});
