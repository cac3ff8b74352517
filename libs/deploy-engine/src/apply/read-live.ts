import type { CallOptions, KubeObject, ObjectId } from '@ushadow/kubernetes';
import { KubernetesApiError, classifyError, objectId, objectKey, groupBy } from '@ushadow/kubernetes';
import type { ClusterPort } from '../cluster.port.ts';
import { commonLabels } from '../watch/watch-targets.ts';

export interface LiveRead {
  readonly live: KubeObject | undefined;
  readonly error?: KubernetesApiError;
  /** False: it may be there all the same, without the labels that were asked for. */
  readonly isCertain: boolean;
}

export type ReadLive = (id: ObjectId) => Promise<LiveRead>;

/** From this many objects of one kind on, one list costs less than reading each. */
const LIST_FROM = 4;

/** Reads what is there of all objects; the questions are asked at once, the answers taken one by one. */
export function readLive(objects: readonly KubeObject[], cluster: ClusterPort, call: CallOptions): ReadLive {
  const reads = new Map<string, Promise<LiveRead>>();
  const groups = groupBy(objects, ({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.namespace}`);
  for (const group of groups.values()) {
    const listed = listGroup(group, cluster, call);
    for (const object of group) {
      const id = objectId(object);
      const single = (): Promise<LiveRead> => readOne(id, cluster, call);
      const read = listed === undefined ? single() : listed.then((found) => found?.(id) ?? single());
      // Whoever asks for it gets the error.
      read.catch(() => undefined);
      reads.set(objectKey(id), read);
    }
  }
  return (id) => reads.get(objectKey(id)) ?? readOne(id, cluster, call);
}

/** Undefined where a list is not worth it, or would bring other people's objects along. */
function listGroup(
  group: readonly KubeObject[],
  cluster: ClusterPort,
  call: CallOptions,
): Promise<((id: ObjectId) => LiveRead) | undefined> | undefined {
  const [first] = group;
  const { labelSelector } = commonLabels(group.map(({ metadata }) => metadata.labels));
  if (first === undefined || group.length < LIST_FROM || labelSelector === undefined) return undefined;
  const { name: _name, ...target } = objectId(first);
  return listAll({ ...target, labelSelector }, cluster, call);
}

/** Undefined where listing is not permitted: then each is read by itself. */
async function listAll(
  target: Parameters<ClusterPort['list']>[0],
  cluster: ClusterPort,
  call: CallOptions,
): Promise<((id: ObjectId) => LiveRead) | undefined> {
  try {
    const { items } = await cluster.list(target, call);
    const found = new Map(items.map((item) => [objectKey(objectId(item)), item]));
    return (id) => {
      const live = found.get(objectKey(id));
      return { live, isCertain: live !== undefined };
    };
  } catch (error) {
    if (!(error instanceof KubernetesApiError)) throw error;
    if (['forbidden', 'not-found'].includes(classifyError(error))) return undefined;
    return () => ({ live: undefined, error, isCertain: false });
  }
}

export async function readOne(id: ObjectId, cluster: ClusterPort, call: CallOptions): Promise<LiveRead> {
  try {
    return { live: await cluster.get(id, call), isCertain: true };
  } catch (error) {
    if (error instanceof KubernetesApiError) return { live: undefined, error, isCertain: true };
    throw error;
  }
}
