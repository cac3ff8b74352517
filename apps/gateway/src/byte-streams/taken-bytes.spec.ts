import { describe, expect, it } from '@jest/globals';
import { AHEAD_MAX_BYTES, TakenBytes } from './taken-bytes.ts';

const isPending = async (what: Promise<void>): Promise<boolean> => {
  const later = new Promise<boolean>((resolve) => setImmediate(() => resolve(true)));
  return Promise.race([what.then(() => false), later]);
};
const { signal } = new AbortController();

describe('what a client is sent ahead of what it has taken', () => {
  it('is whatever there is, for who never says what it has taken', async () => {
    const bytes = new TakenBytes();
    bytes.sent(10 * AHEAD_MAX_BYTES);
    expect(await isPending(bytes.room(signal))).toBe(false);
  });

  it('is so much and no more, until it has taken some', async () => {
    const bytes = new TakenBytes();
    bytes.said('0');
    bytes.sent(AHEAD_MAX_BYTES);
    expect(await isPending(bytes.room(signal))).toBe(false);
    bytes.sent(1);
    const waiting = bytes.room(signal);
    for (const nothing of ['', '-1', 'x', String(AHEAD_MAX_BYTES + 2)]) bytes.said(nothing);
    expect(await isPending(waiting)).toBe(true);
    bytes.said('1');
    await waiting;
  });

  it('holds up nobody when the client has gone', async () => {
    const bytes = new TakenBytes();
    const over = new AbortController();
    bytes.said('0');
    bytes.sent(AHEAD_MAX_BYTES + 1);
    const waiting = bytes.room(over.signal);
    over.abort();
    await waiting;
  });
});
