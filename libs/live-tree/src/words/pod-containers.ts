import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { listAt, textAt } from '@ushadow/kubernetes';
import type { ContainerRole, SeenContainer } from './container-words.ts';

const LISTS = [
  ['initContainers', 'initContainerStatuses', 'init'],
  ['containers', 'containerStatuses', 'main'],
  ['ephemeralContainers', 'ephemeralContainerStatuses', 'debug'],
] as const;

/** In the order in which they are begun. */
export function containersOf(pod: KubeObject): SeenContainer[] {
  return LISTS.flatMap(([list, statusList, role]) => {
    const statuses = new Map(listAt(pod, ['status', statusList]).map((status) => [textAt(status, ['name']), status]));
    return listAt(pod, ['spec', list]).map((spec): SeenContainer => {
      const name = textAt(spec, ['name']);
      return { name, role: roleOf(role, spec), spec, status: statuses.get(name) ?? {} };
    });
  });
}

/** An init container that is always restarted goes on beside the others. */
function roleOf(role: ContainerRole, spec: JsonObject): ContainerRole {
  return role === 'init' && spec['restartPolicy'] === 'Always' ? 'sidecar' : role;
}
