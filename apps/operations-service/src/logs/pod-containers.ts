import type { LogSourceData } from '@ushadow/contracts';
import { listAt, numberAt, textAt, valueAt, type KubeObject } from '@ushadow/kubernetes';

/** What is known of a container, as far as its log is concerned. */
export interface ContainerState {
  readonly name: string;
  readonly kind: LogSourceData['kind'];
  /** It has run, or runs: there is a log. */
  readonly hasStarted: boolean;
  readonly isRunning: boolean;
  /** Why it does not run, in Kubernetes' words. */
  readonly reason: string;
  readonly message: string;
  /** Grows with each run. */
  readonly restarts: number;
}

/** The containers of a pod in the order in which they start. Those for debugging are no service's. */
export function podContainers(pod: KubeObject): readonly ContainerState[] {
  return [
    ...listAt(pod, ['spec', 'initContainers']).map((container) =>
      stateOf(pod, container, textAt(container, ['restartPolicy']) === 'Always' ? 'sidecar' : 'init'),
    ),
    ...listAt(pod, ['spec', 'containers']).map((container, index) =>
      stateOf(pod, container, index === 0 ? 'main' : 'sidecar'),
    ),
  ];
}

function stateOf(pod: KubeObject, container: unknown, kind: ContainerState['kind']): ContainerState {
  const name = textAt(container, ['name']);
  const statuses = [
    ...listAt(pod, ['status', 'containerStatuses']),
    ...listAt(pod, ['status', 'initContainerStatuses']),
  ];
  const status = statuses.find((each) => textAt(each, ['name']) === name);
  const restarts = status === undefined ? 0 : numberAt(status, ['restartCount']);
  const isRunning = valueAt(status, ['state', 'running']) !== undefined;
  const hasEnded =
    valueAt(status, ['state', 'terminated']) !== undefined ||
    valueAt(status, ['lastState', 'terminated']) !== undefined;
  return {
    ...{ name, kind, restarts, isRunning },
    hasStarted: isRunning || hasEnded || restarts > 0,
    reason: textAt(status, ['state', 'waiting', 'reason']) || textAt(pod, ['status', 'reason']),
    message: textAt(status, ['state', 'waiting', 'message']) || textAt(pod, ['status', 'message']),
  };
}
