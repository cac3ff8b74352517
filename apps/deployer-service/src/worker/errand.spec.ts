import { describe, expect, it } from '@jest/globals';
import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import type { DeploymentKind } from '../deployments/deployment.ts';
import { errandOf } from './errand.ts';

const objectOf = (apiVersion: string, kind: string, name: string): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'n' },
});
const [web, settings] = [objectOf('apps/v1', 'Deployment', 'web'), objectOf('v1', 'ConfigMap', 'settings')];
const [id, on]: ObjectId[] = ['web', 'db'].map((name) => ({ group: 'apps', version: 'v1', kind: 'Deployment', name }));
const desired = { objects: [web, settings], dependencies: [{ object: id!, on: on!, condition: 'ready' as const }] };
const createdAt = new Date('2026-01-02T03:04:05Z');
const errand = (kind: DeploymentKind, objects = desired.objects) =>
  errandOf({ kind, createdAt }, { desired: { ...desired, objects } }, { prune: true });

describe('what a deployment is to write', () => {
  it('of a restart is the mark of just this one, under a manager of its own, and nothing is pruned', () => {
    const { desired: marks, options } = errand('restart') ?? {};
    expect(marks?.objects).toMatchObject([
      {
        kind: 'Deployment',
        spec: { template: { metadata: { annotations: { 'ushadow.io/restarted-at': createdAt.toISOString() } } } },
      },
    ]);
    expect(options).toEqual({ prune: false, manager: 'ushadow-restart' });
  });

  it('is nothing where all that it does is to remove', () => {
    expect(errand('remove')).toBeUndefined();
    expect(errand('rollback', [])).toBeUndefined();
    expect(errand('rollback')?.desired.objects).toHaveLength(2);
  });

  it('waits for other services only where that is asked of them by the files', () => {
    expect(errand('deploy')).toEqual({ desired, options: { prune: true } });
    expect(errand('start')?.desired).toEqual(desired);
    expect(errand('scale')?.desired.dependencies).not.toEqual(desired.dependencies);
  });
});
