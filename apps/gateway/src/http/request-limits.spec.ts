import { describe, expect, it } from '@jest/globals';
import { httpOperations } from '@ushadow/contracts';
import { RequestLimits } from './request-limits.ts';

describe('how often a client may ask', () => {
  const limits = () => new RequestLimits({ any: 3, outbound: 2, compile: 1 });

  it('is counted for each client and each class of cost, and the refusal says when to ask again', async () => {
    const some = limits();
    await some.take('compile', 'a');
    await expect(some.take('compile', 'a')).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      kind: 'unavailable',
      message: 'More than 1 requests that compile a project in a minute came from you. Ask again in 60 s.',
      details: { retry_after_seconds: 60 },
    });
    await some.take('compile', 'b');
    await some.take('outbound', 'a');
  });

  it('is bounded for whatever contacts a cluster or compiles', () => {
    const costs = Object.fromEntries(Object.entries(httpOperations).map(([name, { http }]) => [name, http.cost]));
    expect(costs).toMatchObject({ registerCluster: 'outbound', scanInfra: 'outbound', planStack: 'compile' });
    expect(costs['listClusters']).toBeUndefined();
  });
});
