import { describe, expect, it } from '@jest/globals';
import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import { nextWaitMs as nextWait } from './retry-policy.ts';

const error = (httpStatus: number, retryAfterMs?: number): KubernetesApiError =>
  new KubernetesApiError({
    httpStatus,
    reason: '',
    message: '',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

const nextWaitMs = (
  failed: KubernetesApiError,
  attempt: number,
  waitedMs: number,
  random: number,
  serverFaults = attempt,
) => nextWait(failed, { attempt, serverFaults }, waitedMs, random);

describe('retries', () => {
  it.each([0, 408, 429, 502, 503, 504])('are made for %i', (status) => {
    expect(nextWaitMs(error(status), 1, 0, 0.5)).toBe(50);
  });

  it.each([400, 401, 403, 404, 409, 422])('are not made for %i', (status) => {
    expect(nextWaitMs(error(status), 1, 0, 0.5)).toBeUndefined();
  });

  it('double with full jitter up to ten seconds', () => {
    expect([1, 2, 3, 10].map((attempt) => nextWaitMs(error(503), attempt, 0, 0.999))).toEqual([100, 200, 400, 9_990]);
    expect(nextWaitMs(error(503), 5, 0, 0)).toBe(0);
  });

  it('obey Retry-After', () => {
    expect(nextWaitMs(error(429, 3_000), 1, 0, 0.5)).toBe(3_000);
  });

  it('end when the budget is spent', () => {
    expect(nextWaitMs(error(503), 8, 59_999, 0.9)).toBeUndefined();
    expect(nextWaitMs(error(429, 61_000), 1, 0, 0)).toBeUndefined();
  });

  it('of a server fault without a known reason are few', () => {
    expect([1, 2, 3].map((attempt) => nextWaitMs(error(500), attempt, 0, 0.5))).toEqual([50, 100, undefined]);
    // What else went wrong before does not count against it.
    expect(nextWaitMs(error(500), 5, 0, 0.5, 1)).toBe(800);
  });
});
