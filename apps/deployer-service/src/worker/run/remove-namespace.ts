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
import { isMadeByKubernetes, isTrace } from '../../clusters/made-by-kubernetes.ts';

interface Where {
  readonly namespace: string;
  readonly stackId: string;
  readonly clock: Clock;
}

/**
 * After a removal that has left nothing: the namespace goes too, if this stack made it and a full listing shows nothing
 * that is somebody else's. Else a warning says why it stays.
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
  const kinds = (await cluster.namespacedKinds()).filter((each) => !isTrace(each));
  const lists = await Promise.all(
    kinds.map(async (id) => {
      const { items } = await cluster.list({ ...id, namespace });
      return items
        .filter((item) => !isOnItsWay(item) && !isMadeByKubernetes(id, item))
        .map((item) => `${id.kind}/${item.metadata.name}`);
    }),
  );
  return lists.flat();
}

/** Deleted already, or made by something that would be listed itself. */
function isOnItsWay({ metadata }: KubeObject): boolean {
  return (
    metadata.deletionTimestamp !== undefined ||
    metadata.ownerReferences?.some(({ controller }) => controller === true) === true
  );
}
