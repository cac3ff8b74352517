import { describe, expect, it } from '@jest/globals';
import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import type { DeploymentKind } from '../../deployments/deployment.ts';
import { engineTaskOf } from './engine-task.ts';

const objectOf = (apiVersion: string, kind: string, name: string): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'n' },
});
const [web, settings] = [objectOf('apps/v1', 'Deployment', 'web'), objectOf('v1', 'ConfigMap', 'settings')];
const [id, on]: ObjectId[] = ['web', 'db'].map((name) => ({ group: 'apps', version: 'v1', kind: 'Deployment', name }));
const desired = { objects: [web, settings], dependencies: [{ object: id!, on: on!, condition: 'ready' as const }] };
const createdAt = new Date('2026-01-02T03:04:05Z');
const task = (kind: DeploymentKind, objects = desired.objects) =>
  engineTaskOf({ kind, createdAt }, { job: undefined, desired: { ...desired, objects } }, { prune: true });

describe('what a deployment is to write', () => {
  it('of a restart is the mark of just this one, under a manager of its own, and nothing is pruned', () => {
    const { desired: marks, options } = task('restart') ?? {};
    expect(marks?.objects).toMatchObject([
      {
        kind: 'Deployment',
        spec: { template: { metadata: { annotations: { 'ushadow.io/restarted-at': createdAt.toISOString() } } } },
      },
    ]);
    expect(options).toEqual({ prune: false, manager: 'ushadow-restart' });
  });

  it('is nothing where all that it does is to remove', () => {
    expect(task('remove')).toBeUndefined();
    expect(task('rollback', [])).toBeUndefined();
    expect(task('rollback')?.desired.objects).toHaveLength(2);
  });

  it('waits for other services only where that is asked of them by the files', () => {
    expect(task('deploy')).toEqual({ desired, options: { prune: true } });
    expect(task('start')?.desired).toEqual(desired);
    expect(task('scale')?.desired.dependencies).not.toEqual(desired.dependencies);
  });
});
