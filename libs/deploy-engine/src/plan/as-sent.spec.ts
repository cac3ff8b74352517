import { describe, expect, it } from '@jest/globals';
import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { configMap, deployment } from '../../test/workloads.ts';
import { asSent } from './as-sent.ts';

const selector = { matchLabels: { app: 'web' } };

const sentStrategy = (more: JsonObject): unknown => {
  const { spec, ...rest } = deployment('web');
  const desired = { ...rest, spec: { ...(spec as JsonObject), ...more } } as KubeObject;
  return (asSent(desired, undefined)['spec'] as JsonObject)['strategy'];
};

describe('what is sent', () => {
  it('owns the whole rolling update of a Deployment, so that it can be taken back', () => {
    const defaults = { maxSurge: '25%', maxUnavailable: '25%' };
    expect(sentStrategy({ selector })).toEqual({ type: 'RollingUpdate', rollingUpdate: defaults });
    const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0 } };
    expect(sentStrategy({ selector, strategy })).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' },
    });
  });

  it('is what is wanted wherever nothing has to be owned', () => {
    expect(sentStrategy({ selector, strategy: { type: 'Recreate' } })).toEqual({ type: 'Recreate' });
    expect(sentStrategy({})).toBeUndefined();
    expect(asSent(configMap('c', { a: '1' }), undefined)).toEqual(configMap('c', { a: '1' }));
  });
});
