import { describe, expect, it } from '@jest/globals';
import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { againstLevel, namespaceLevels, podLevels } from './namespace-level.ts';

const workload = (spec: JsonObject, kind = 'Deployment'): KubeObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec: kind === 'CronJob' ? { jobTemplate: { spec: { template: { spec } } } } : ({ template: { spec } } as JsonObject),
});
const container = { name: 'web', image: 'x' };

describe('what the level of a namespace has against pods', () => {
  it('is reported with the field and the command that changes the level', () => {
    const privileged = workload({ containers: [{ ...container, securityContext: { privileged: true } }] });
    expect(againstLevel(privileged, 'baseline')).toMatchObject({
      code: 'POD_SECURITY_VIOLATED',
      message: 'its pods would be refused: namespace "shop" enforces the level "baseline", which forbids: privileged',
      field: 'spec.template.spec.containers[0].securityContext.privileged',
      remedy: expect.stringContaining(
        'kubectl label --overwrite namespace shop pod-security.kubernetes.io/enforce=privileged',
      ),
    });
  });

  it('the command asks for no more than the pods need', () => {
    const ordinary = workload({ containers: [container] }, 'CronJob');
    expect(againstLevel(ordinary, 'restricted')).toMatchObject({
      field: expect.stringMatching(/^spec\.jobTemplate\.spec\.template\.spec\.containers\[0\]/),
      remedy: expect.stringMatching(/enforce=baseline$/),
    });
  });

  it('is nothing where the level takes them, or none is enforced', () => {
    const ordinary = workload({ containers: [container] });
    expect(againstLevel(ordinary, 'baseline')).toBeUndefined();
    expect(againstLevel(ordinary, 'privileged')).toBeUndefined();
    expect(againstLevel(ordinary, undefined)).toBeUndefined();
  });

  it('labels that only warn or audit refuse nothing', () => {
    const labels = { 'pod-security.kubernetes.io/warn': 'restricted', 'pod-security.kubernetes.io/audit': 'baseline' };
    expect(namespaceLevels({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n', labels } })).toEqual({
      enforced: undefined,
      warned: 'restricted',
    });
  });

  it('is reported for every workload with what its pods need, for nothing else', () => {
    const levels = new Map([['shop', { enforced: 'baseline', warned: undefined } as const]]);
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'shop' } };
    expect(podLevels([workload({ containers: [container] }), claim], levels)).toEqual([
      { object: expect.objectContaining({ name: 'web' }), needs: 'baseline', enforced: 'baseline', warned: null },
    ]);
  });
});
