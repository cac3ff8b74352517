import { Injectable } from '@nestjs/common';
import { failure, operations, type StackPlaceData } from '@ushadow/contracts';
import {
  formatObjectId,
  objectId,
  OWNER_ANNOTATION,
  parseApiVersion,
  readOwner,
  type KubeObject,
  type ObjectId,
} from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toClusterError } from '../clusters/to-cluster-error.ts';
import { kindNamed } from './kinds.ts';

/** A pod of a CronJob has a Job and a CronJob above it; more than that is not the work of ours. */
const OWNERS_MAX = 4;

/** Reads single objects of stacks, and no others. */
@Injectable()
export class StackObjectReader {
  constructor(private readonly clusters: ClusterConnections) {}

  /** Undefined where the stack has none of this kind and name, whoever else has one. */
  async find(place: StackPlaceData, kind: string, name: string): Promise<KubeObject | undefined> {
    const id = kindNamed(kind);
    if (id === undefined) return undefined;
    try {
      const cluster = await this.clusters.to(place.cluster_id);
      const found = await cluster.get({ ...id, namespace: place.namespace, name });
      if (found === undefined) return undefined;
      return (await isOf(place, found, cluster)) ? found : undefined;
    } catch (error) {
      throw toClusterError(error);
    }
  }

  /** @throws DomainError `OBJECT_NOT_FOUND` */
  async read(place: StackPlaceData, kind: string, name: string): Promise<KubeObject> {
    const found = await this.find(place, kind, name);
    if (found !== undefined) return found;
    throw failure(operations.getLiveObject, 'OBJECT_NOT_FOUND', `The stack has no ${kind} ${name}.`);
  }
}

/** By the object’s own mark, by what the stack wants, or by who has made it. */
async function isOf(place: StackPlaceData, object: KubeObject, cluster: KubernetesTransport): Promise<boolean> {
  let at: KubeObject | undefined = object;
  for (let above = 0; at !== undefined && above < OWNERS_MAX; above++) {
    const mark: string | undefined = at.metadata.annotations?.[OWNER_ANNOTATION];
    const stack = mark === undefined ? undefined : readOwner(mark)?.stack;
    if (stack !== undefined) return stack === place.stack_id;
    const id = formatObjectId(objectId(at));
    if (mark === undefined && wants(place, id)) return true;
    at = await ownerOf(at, cluster);
  }
  return false;
}

function wants({ services }: StackPlaceData, id: string): boolean {
  return services.some(({ objects }) => objects.some((each) => each.id === id || isClaimOf(id, each.id)));
}

/** A claim that a StatefulSet has made of a template bears no mark: it is called after both, and after a pod of the set. */
function isClaimOf(claim: string, set: string): boolean {
  const [kind, namespace, name = ''] = claim.split('/');
  const [setKind, setNamespace, setName = ''] = set.split('/');
  if (kind !== 'PersistentVolumeClaim' || setKind !== 'StatefulSet' || namespace !== setNamespace) return false;
  return name.replace(/-\d+$/, '').endsWith(`-${setName}`) && /-\d+$/.test(name);
}

async function ownerOf(object: KubeObject, cluster: KubernetesTransport): Promise<KubeObject | undefined> {
  const controller = (object.metadata.ownerReferences ?? []).find((reference) => reference.controller === true);
  if (controller === undefined) return undefined;
  const { apiVersion, kind, name, uid } = controller;
  const { namespace } = object.metadata;
  const id: ObjectId = {
    ...parseApiVersion(apiVersion),
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    name,
  };
  const owner = await cluster.get(id);
  return owner?.metadata.uid === uid ? owner : undefined;
}
