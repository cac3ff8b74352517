import { describe, expect, it } from '@jest/globals';
import { InFlightLimit } from './in-flight-limit.ts';

describe('in-flight limit', () => {
  it('never runs more at once than allowed, and runs all', async () => {
    const limit = new InFlightLimit(3);
    let running = 0;
    let most = 0;
    let done = 0;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        limit.run(async () => {
          most = Math.max(most, ++running);
          await Promise.resolve();
          running -= 1;
          done += 1;
        }),
      ),
    );
    expect([most, done]).toEqual([3, 20]);
  });

  it('gives its place back when the work fails', async () => {
    const limit = new InFlightLimit(1);
    await expect(limit.run(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
    await expect(limit.run(() => Promise.resolve('next'))).resolves.toBe('next');
  });

  it('lets those who wait go on when there is more room', async () => {
    const limit = new InFlightLimit(1);
    const held = Promise.withResolvers<void>();
    const first = limit.run(() => held.promise);
    const second = limit.run(() => Promise.resolve('ran'));
    expect(limit.isFull).toBe(true);
    limit.resize(2);
    expect(await second).toBe('ran');
    held.resolve();
    await first;
    limit.slowDown();
    limit.resize(8);
    expect(limit.allowed).toBe(1);
  });

  it('lets nobody wait beyond the end of its own call, and gives its turn to the next', async () => {
    const limit = new InFlightLimit(1);
    const held = Promise.withResolvers<void>();
    const first = limit.run(() => held.promise);
    const abort = new AbortController();
    const ran: string[] = [];
    const note = (name: string) => () => Promise.resolve(void ran.push(name));
    const second = limit.run(note('second'), abort.signal);
    const third = limit.run(note('third'));
    abort.abort(new Error('too late'));
    await expect(second).rejects.toThrow('too late');
    await expect(limit.run(note('fourth'), abort.signal)).rejects.toThrow('too late');
    held.resolve();
    await Promise.all([first, third]);
    expect(ran).toEqual(['third']);
    expect(limit.isFull).toBe(false);
  });

  it('loses no place when a call ends in the moment of its turn', async () => {
    const limit = new InFlightLimit(1);
    const held = Promise.withResolvers<void>();
    const first = limit.run(() => held.promise);
    const abort = new AbortController();
    const second = limit.run(() => Promise.reject(new Error('ended')), abort.signal);
    held.resolve();
    await first;
    abort.abort(new Error('ended'));
    await expect(second).rejects.toThrow('ended');
    expect(limit.isFull).toBe(false);
  });

  it('halves when the server throttles and recovers by successes', () => {
    const limit = new InFlightLimit(8);
    limit.slowDown();
    expect(limit.allowed).toBe(4);
    for (let n = 0; n < 100; n++) limit.speedUp();
    expect(limit.allowed).toBe(8);
    for (let n = 0; n < 10; n++) limit.slowDown();
    expect(limit.allowed).toBe(1);
  });
});
