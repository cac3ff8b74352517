import { describe, expect, it } from '@jest/globals';
import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import { watchTarget } from './watch-target.ts';

describe('a watch', () => {
  it('looks again within a minute, however long the server asks it to look away', async () => {
    const waits: number[] = [];
    const refusal = { httpStatus: 429, reason: 'TooManyRequests', message: 'later', retryAfterMs: 1e15 };
    const source = {
      list: () => Promise.reject(new KubernetesApiError(refusal)),
      lines: () => {
        throw new Error('not listed yet');
      },
    };
    const clock = {
      now: () => 0,
      timer: (ms: number) => {
        waits.push(ms);
        if (waits.length === 3) watch.close();
        return { elapsed: Promise.resolve(), cancel: () => undefined };
      },
    };
    const watch = watchTarget(source, { clock, random: () => 0 });
    const seen: string[] = [];
    for await (const event of watch) seen.push(event.type);
    expect(waits).toEqual([60_000, 60_000, 60_000]);
    expect(seen).toEqual(['interrupted']);
  });
});
