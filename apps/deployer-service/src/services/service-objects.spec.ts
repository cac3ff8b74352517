import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { restartObjects } from './restart-objects.ts';
import { isStopped, withReplicas } from './scale-objects.ts';

const workload = (kind: string, spec: object): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: kind.toLowerCase(), namespace: 'n', labels: { a: 'b' } },
    spec,
  }) as KubeObject;
const objects = [
  workload('Deployment', { replicas: 2, template: { metadata: {} } }),
  workload('StatefulSet', { template: {} }),
  workload('DaemonSet', { template: {} }),
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'n' }, data: {} },
] as const;

describe('scaling what was deployed', () => {
  it('changes the number where there is one and nothing else', () => {
    const stopped = withReplicas(objects, 0);
    expect(stopped.map(({ spec }) => (spec as { replicas?: number } | undefined)?.replicas)).toEqual([
      0,
      0,
      undefined,
      undefined,
    ]);
    expect(stopped[2]).toBe(objects[2]);
    expect(stopped[0]).toEqual({ ...objects[0], spec: { replicas: 0, template: { metadata: {} } } });
    expect([isStopped(stopped), isStopped(objects), isStopped([objects[3]])]).toEqual([true, false, false]);
  });
});

describe('restarting what was deployed', () => {
  it('touches one annotation of each pod template that a controller replaces pods for', () => {
    const template = { metadata: { annotations: { 'ushadow.io/restarted-at': '1970-01-01T00:00:00.000Z' } } };
    expect(restartObjects(objects, new Date(0))).toEqual(
      ['Deployment', 'StatefulSet', 'DaemonSet'].map((kind) => ({
        apiVersion: 'apps/v1',
        kind,
        metadata: { name: kind.toLowerCase(), namespace: 'n' },
        spec: { template },
      })),
    );
    expect(restartObjects([objects[3]], new Date(0))).toEqual([]);
  });
});
