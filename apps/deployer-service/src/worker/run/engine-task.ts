import { standalone, type DeployOptions, type DesiredState } from '@ushadow/deploy-engine';
import type { Step } from '../../content/step.ts';
import type { Deployment } from '../../deployments/deployment.ts';
import { RESTART_MANAGER, restartObjects } from '../../services/restart-objects.ts';

/** What the engine is asked to bring about, and how. */
export interface EngineTask {
  readonly desired: DesiredState;
  readonly options: DeployOptions;
}

/** What waits for the services it depends on. Stopping, scaling and going back are never held up by others. */
const FOLLOWS_FILES: ReadonlySet<Deployment['kind']> = new Set(['deploy', 'start']);

/**
 * What a deployment is to write of its step; the same for who does it and for who observes later whether it was done.
 * Undefined for a removal: what goes is the whole of it.
 */
export function engineTaskOf(
  { kind, createdAt }: Pick<Deployment, 'kind' | 'createdAt'>,
  { desired, job }: Pick<Step, 'desired' | 'job'>,
  options: DeployOptions,
): EngineTask | undefined {
  // A rollback of services that the revision did not have writes nothing.
  if (kind === 'remove' || (kind === 'rollback' && desired.objects.length === 0)) return undefined;
  if (kind === 'run') return runTask(job, options);
  if (kind !== 'restart') return { desired: FOLLOWS_FILES.has(kind) ? desired : standalone(desired), options };
  // Beside the deployment's own fields, so that the next deploy of the same finds nothing to change.
  const { stamp: _stamp, completed: _completed, rollbackTo: _back, ...rest } = options;
  return {
    desired: { objects: restartObjects(desired.objects, createdAt), dependencies: [] },
    options: { ...rest, manager: RESTART_MANAGER, prune: false },
  };
}

/** A Job beside the content: its failure takes nothing back, and is left for inspection. */
function runTask(job: Step['job'], options: DeployOptions): EngineTask {
  const { completed: _completed, rollbackTo: _back, ...rest } = options;
  const objects = job === undefined ? [] : [job];
  return { desired: { objects, dependencies: [] }, options: { ...rest, prune: false, recreate: 'none' } };
}
