import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { podTemplateOf } from '@ushadow/kubernetes';

const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/**
 * A workload whose place one of another kind takes, as a StatefulSet that of a Deployment: it is the same service made anew,
 * and goes whether the unwanted is pruned or not, so that the service never runs twice.
 */
export function isReplacedInKind(id: ObjectId, wanted: readonly KubeObject[]): boolean {
  if (!WORKLOADS.has(id.kind)) return false;
  return wanted.some(({ kind, metadata, ...rest }) => {
    const isSame = metadata.name === id.name && metadata.namespace === id.namespace && kind !== id.kind;
    return isSame && podTemplateOf({ kind, metadata, ...rest }) !== undefined;
  });
}
