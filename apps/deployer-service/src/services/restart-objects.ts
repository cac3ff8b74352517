import type { KubeObject } from '@ushadow/kubernetes';

/** Another manager than the deployment's: what it owns is no part of what is deployed. */
export const RESTART_MANAGER = 'ushadow-restart';

const RESTARTABLE: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
const RESTARTED_AT = 'ushadow.io/restarted-at';

/** The part of each workload that makes its controller replace the pods. Empty: nothing can be restarted. */
export function restartObjects(objects: readonly KubeObject[], at: Date): KubeObject[] {
  return objects
    .filter(({ kind }) => RESTARTABLE.has(kind))
    .map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
      apiVersion,
      kind,
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
      spec: { template: { metadata: { annotations: { [RESTARTED_AT]: at.toISOString() } } } },
    }));
}
