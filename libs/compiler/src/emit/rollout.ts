import type { PlannedService } from '../model/design.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { from } from './sourced.ts';

/**
 * Recreate where two pods cannot live together; otherwise as `update_config` says. Where it says nothing the cluster's
 * default is written out: only what is ours goes away again when the strategy becomes Recreate, which takes no
 * `rollingUpdate`.
 */
export function deploymentStrategy(planned: PlannedService): Draft {
  if (planned.alone) return { type: 'Recreate' };
  return sourced(planned, rolling(planned)) ?? { type: 'RollingUpdate', rollingUpdate: DEFAULT_ROLLING };
}

const DEFAULT_ROLLING = { maxSurge: '25%', maxUnavailable: '25%' };

/** A node holds the old pod until it has gone where two cannot live together. */
export function daemonSetStrategy(planned: PlannedService): Draft {
  const asked = rolling(planned);
  if (asked === undefined) return undefined;
  return sourced(planned, planned.alone ? stopFirst(planned) : asked);
}

/** Always stops first; one at a time is its default. */
export function statefulSetStrategy(planned: PlannedService): Draft {
  const { parallelism } = planned.service.rollout;
  if (parallelism === undefined || parallelism === 1) return undefined;
  return sourced(planned, { maxUnavailable: share(parallelism) });
}

/** How long a new pod has to stay ready before the next one is touched: `delay`, and what `monitor` watches for failures. */
export function settlingSeconds(planned: PlannedService): Draft {
  const seconds = settling(planned);
  return seconds === 0 ? undefined : from(updatePath(planned), seconds);
}

/** Kubernetes' own ten minutes, unless a pod that settles that long would never get there. */
export function progressDeadline(planned: PlannedService): Draft {
  const seconds = settling(planned);
  return seconds < DEFAULT_DEADLINE ? undefined : from(updatePath(planned), seconds + DEFAULT_DEADLINE);
}

const DEFAULT_DEADLINE = 600;

function settling({ service: { rollout } }: PlannedService): number {
  return Math.ceil(Math.max(rollout.delaySeconds ?? 0, rollout.monitorSeconds ?? 0));
}

function rolling(planned: PlannedService): DraftRecord | undefined {
  const { order, parallelism } = planned.service.rollout;
  if (order === undefined && parallelism === undefined) return undefined;
  return order === 'start-first' ? { maxSurge: share(parallelism ?? 1), maxUnavailable: 0 } : stopFirst(planned);
}

function stopFirst({ service }: PlannedService): DraftRecord {
  return { maxSurge: 0, maxUnavailable: share(service.rollout.parallelism ?? 1) };
}

/** Zero is Compose's word for all at once. */
function share(parallelism: number): number | string {
  return parallelism === 0 ? '100%' : parallelism;
}

function sourced(planned: PlannedService, rollingUpdate: DraftRecord | undefined): Draft {
  return rollingUpdate === undefined ? undefined : from(updatePath(planned), { type: 'RollingUpdate', rollingUpdate });
}

function updatePath({ service }: PlannedService): string {
  return `${service.path}/deploy/update_config`;
}
