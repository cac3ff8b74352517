import { OWNER_ANNOTATION, parseApiVersion, readOwner, type KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';

/** A CronJob has Jobs, which have pods; a Deployment has ReplicaSets, which have pods. */
const LEVELS_MAX = 3;

/** A pod of what the stack has deployed: labels say so of anybody's pods, the mark of the object that controls it does not. */
export async function isOfStack(transport: KubernetesTransport, pod: KubeObject, stackId: string): Promise<boolean> {
  let object: KubeObject | undefined = pod;
  for (let level = 0; level < LEVELS_MAX && object !== undefined; level += 1) {
    const mark: string | undefined = object.metadata.annotations?.[OWNER_ANNOTATION];
    if (mark !== undefined) return readOwner(mark)?.stack === stackId;
    const { namespace } = object.metadata;
    const controller = object.metadata.ownerReferences?.find((each) => each.controller === true);
    if (controller === undefined || namespace === undefined) return false;
    const { kind, name, apiVersion } = controller;
    object = await transport.get({ ...parseApiVersion(apiVersion), kind, name, namespace });
  }
  const mark = object?.metadata.annotations?.[OWNER_ANNOTATION];
  return mark !== undefined && readOwner(mark)?.stack === stackId;
}
