import type { DesignedService } from '../model/design.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { from } from './sourced.ts';

/**
 * Recreate where two pods cannot live together; otherwise as `update_config` says. Where it says nothing the cluster's
 * default is written out: only what is ours goes away again when the strategy becomes Recreate, which takes no
 * `rollingUpdate`.
 */
export function deploymentStrategy(designed: DesignedService): Draft {
  if (designed.alone) return { type: 'Recreate' };
  return sourced(designed, rolling(designed)) ?? { type: 'RollingUpdate', rollingUpdate: DEFAULT_ROLLING };
}

const DEFAULT_ROLLING = { maxSurge: '25%', maxUnavailable: '25%' };

/** A node holds the old pod until it has gone where two cannot live together. */
export function daemonSetStrategy(designed: DesignedService): Draft {
  const asked = rolling(designed);
  if (asked === undefined) return undefined;
  return sourced(designed, designed.alone ? stopFirst(designed) : asked);
}

/** Always stops first; one at a time is its default. */
export function statefulSetStrategy(designed: DesignedService): Draft {
  const { parallelism } = designed.service.rollout;
  if (parallelism === undefined || parallelism === 1) return undefined;
  return sourced(designed, { maxUnavailable: share(parallelism) });
}

/** How long a new pod has to stay ready before the next one is touched: `delay`, and what `monitor` watches for failures. */
export function settlingSeconds(designed: DesignedService): Draft {
  const seconds = settling(designed);
  return seconds === 0 ? undefined : from(updatePath(designed), seconds);
}

/** Kubernetes' own ten minutes, unless a pod that settles that long would never get there. */
export function progressDeadline(designed: DesignedService): Draft {
  const seconds = settling(designed);
  return seconds < DEFAULT_DEADLINE ? undefined : from(updatePath(designed), seconds + DEFAULT_DEADLINE);
}

const DEFAULT_DEADLINE = 600;

function settling({ service: { rollout } }: DesignedService): number {
  return Math.ceil(Math.max(rollout.delaySeconds ?? 0, rollout.monitorSeconds ?? 0));
}

function rolling(designed: DesignedService): DraftRecord | undefined {
  const { order, parallelism } = designed.service.rollout;
  if (order === undefined && parallelism === undefined) return undefined;
  return order === 'start-first' ? { maxSurge: share(parallelism ?? 1), maxUnavailable: 0 } : stopFirst(designed);
}

function stopFirst({ service }: DesignedService): DraftRecord {
  return { maxSurge: 0, maxUnavailable: share(service.rollout.parallelism ?? 1) };
}

/** Zero is Compose's word for all at once. */
function share(parallelism: number): number | string {
  return parallelism === 0 ? '100%' : parallelism;
}

function sourced(designed: DesignedService, rollingUpdate: DraftRecord | undefined): Draft {
  return rollingUpdate === undefined ? undefined : from(updatePath(designed), { type: 'RollingUpdate', rollingUpdate });
}

function updatePath({ service }: DesignedService): string {
  return `${service.path}/deploy/update_config`;
}
