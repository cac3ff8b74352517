import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { listAt, textAt, valueAt } from '@ushadow/kubernetes';

/** True once each container of a pod has been running at some time; init containers and sidecars do not count. */
export function hasStarted(pod: KubeObject): boolean {
  const statuses = listAt(pod, ['status', 'containerStatuses']);
  const containers = listAt(pod, ['spec', 'containers']);
  return (
    containers.length > 0 &&
    containers.every(({ name }) => statuses.some((status) => status['name'] === name && hasRun(status)))
  );
}

function hasRun(status: JsonObject): boolean {
  if (valueAt(status, ['state', 'running']) !== undefined) return true;
  return [
    ['state', 'terminated'],
    ['lastState', 'terminated'],
  ].some((path) => {
    const end = valueAt(status, path);
    return end !== undefined && end !== null && !NEVER_RAN.has(textAt(end, ['reason'])) && !isEpoch(end);
  });
}

/** How the kubelet says that a container has ended without having begun, or that it does not know. */
const NEVER_RAN: ReadonlySet<string> = new Set(['ContainerCannotRun', 'ContainerStatusUnknown', 'StartError']);

/** A time that was never set. */
function isEpoch(end: unknown): boolean {
  const startedAt = textAt(end, ['startedAt']);
  return startedAt !== '' && Date.parse(startedAt) <= 0;
}
