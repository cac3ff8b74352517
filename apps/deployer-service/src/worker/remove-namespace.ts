import type { DeployRun } from '@ushadow/deploy-engine';
import {
  KubernetesApiError,
  OWNER_ANNOTATION,
  readOwner,
  type Clock,
  type KubeObject,
  type ObjectId,
} from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';

interface Where {
  readonly namespace: string;
  readonly stackId: string;
  readonly clock: Clock;
}

/**
 * After a removal that has left nothing: the namespace goes too, if this stack made it and a full listing shows nothing
 * that is somebody else's. Else it is told why it stays.
 */
export async function* withNamespace(run: DeployRun, where: Where, cluster: KubernetesTransport): DeployRun {
  const result = yield* run;
  if (result.verdict !== 'succeeded') return result;
  const object: ObjectId = { group: '', version: 'v1', kind: 'Namespace', name: where.namespace };
  const at = where.clock.now();
  const reason = await tryToRemove(object, where, cluster, result.inventory.length);
  if (reason === undefined) yield [{ type: 'object.deleted', object, reason: 'pruned', at }];
  else
    yield [
      { type: 'warning', code: 'PRUNE_REFUSED', message: `namespace ${where.namespace} stays: ${reason}`, object, at },
    ];
  return result;
}

/** Why it stays; undefined: it is deleted. */
async function tryToRemove(
  id: ObjectId,
  { namespace, stackId }: Where,
  cluster: KubernetesTransport,
  left: number,
): Promise<string | undefined> {
  try {
    const live = await cluster.get(id);
    if (live === undefined) return 'it is not there';
    const mark = live.metadata.annotations?.[OWNER_ANNOTATION];
    if (mark === undefined || readOwner(mark)?.stack !== stackId) return 'this stack did not make it';
    if (left > 0) return `${String(left)} objects of the stack are left in it`;
    const foreign = await foreignIn(namespace, cluster);
    if (foreign.length > 0) return `it holds ${foreign.slice(0, 5).join(', ')}`;
    await cluster.delete(id, live.metadata.uid === undefined ? {} : { uid: live.metadata.uid });
    return undefined;
  } catch (error) {
    if (error instanceof KubernetesApiError) return error.message;
    throw error;
  }
}

async function foreignIn(namespace: string, cluster: KubernetesTransport): Promise<string[]> {
  const kinds = (await cluster.namespacedKinds()).filter(({ kind }) => !TRACES.has(kind));
  const lists = await Promise.all(
    kinds.map(async (id) => {
      const { items } = await cluster.list({ ...id, namespace });
      return items
        .filter((item) => !isOnItsWay(item) && !isEverywhere(id.kind, item))
        .map((item) => `${id.kind}/${item.metadata.name}`);
    }),
  );
  return lists.flat();
}

/** What others leave behind about objects, and is none itself. */
const TRACES: ReadonlySet<string> = new Set(['Endpoints', 'EndpointSlice', 'Event', 'PodMetrics']);

/** Deleted already, or made by something that would be listed itself. */
function isOnItsWay({ metadata }: KubeObject): boolean {
  return (
    metadata.deletionTimestamp !== undefined ||
    metadata.ownerReferences?.some(({ controller }) => controller === true) === true
  );
}

/** What Kubernetes puts into each namespace. */
export function isEverywhere(kind: string, { metadata: { name } }: KubeObject): boolean {
  return (
    (kind === 'ConfigMap' && name === 'kube-root-ca.crt') ||
    (kind === 'ServiceAccount' && name === 'default') ||
    (kind === 'Secret' && name.startsWith('default-token-'))
  );
}
