import type { InputOf, operations } from '@ushadow/contracts';
import type { DeployOptions as EngineOptions } from '@ushadow/deploy-engine';
import type { ObjectId } from '@ushadow/kubernetes';
import type { DeployOptions } from './deployment.ts';

export const defaultOptions: DeployOptions = {
  deadlineSeconds: 300,
  stallSeconds: 240,
  takeOver: false,
  recreate: 'jobs',
  rollback: true,
  prune: true,
  deleteClaims: [],
  adopt: [],
};

/**
 * How a rollback goes about it, planned or not. What was made immutable since then must not prevent it, so that whatever may
 * be made anew is.
 */
export const rollbackOptions: DeployOptions = { ...defaultOptions, recreate: 'all' };

type Asked = Pick<
  InputOf<typeof operations.planStack>,
  'deadline_seconds' | 'stall_seconds' | 'take_over' | 'recreate' | 'rollback' | 'prune' | 'delete_claims' | 'adopt'
>;

/** What was asked for, with our defaults for the rest. */
export function optionsOf(asked: Asked): DeployOptions {
  return {
    deadlineSeconds: asked.deadline_seconds ?? defaultOptions.deadlineSeconds,
    stallSeconds: asked.stall_seconds ?? defaultOptions.stallSeconds,
    takeOver: asked.take_over ?? defaultOptions.takeOver,
    recreate: asked.recreate ?? defaultOptions.recreate,
    rollback: asked.rollback ?? defaultOptions.rollback,
    prune: asked.prune ?? defaultOptions.prune,
    deleteClaims: asked.delete_claims ?? defaultOptions.deleteClaims,
    adopt: asked.adopt ?? defaultOptions.adopt,
  };
}

/** The options of a deployment, without the rest of it. */
export function deployOptionsOf(deployment: DeployOptions): DeployOptions {
  const { deadlineSeconds, stallSeconds, takeOver, recreate, rollback, prune, deleteClaims, adopt } = deployment;
  return { deadlineSeconds, stallSeconds, takeOver, recreate, rollback, prune, deleteClaims, adopt };
}

/** The part of the options that the engine plans by: the same for a plan and for the deployment that applies it. */
export function toEngineOptions(
  options: DeployOptions,
  namespace: string,
): Required<Pick<EngineOptions, 'conflicts' | 'recreate' | 'prune' | 'confirmDelete'>> {
  const { takeOver, recreate, prune, deleteClaims } = options;
  return {
    conflicts: takeOver ? 'take-over' : 'fail',
    recreate,
    prune,
    confirmDelete: deleteClaims.map((name) => ({
      group: '',
      version: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace,
      name,
    })),
  };
}

/** The object that `Kind/name` names; which group it is of makes no difference. */
export function adoptedId(text: string, namespace: string): ObjectId {
  const [kind = '', name = ''] = text.split('/');
  return { group: '', version: '', kind, namespace, name };
}
