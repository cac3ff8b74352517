import { afterEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '@ushadow/contracts';
import { MetricsSampler } from './metrics-sampler.ts';

describe('measuring a namespace', () => {
  let sampler: MetricsSampler | undefined;
  afterEach(() => sampler?.close());

  it.each([
    ['is removed', new DomainError('CLUSTER_NOT_FOUND', 'not-found', 'No cluster has this id.')],
    [
      'cannot be asked for now',
      new DomainError('SERVICE_UNAVAILABLE', 'unavailable', 'cluster-service does not answer.'),
    ],
  ])('says why there is nothing when the cluster %s, and goes on', async (_, error) => {
    sampler = new MetricsSampler(
      () => Promise.reject(error),
      'shop',
      () => undefined,
    );
    await sampler.ask();
    expect(sampler.message).toBe(`CPU and memory cannot be read: ${error.message.replace(/\.$/, '')}`);
  });
});
