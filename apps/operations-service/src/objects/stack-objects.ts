import { Injectable } from '@nestjs/common';
import { failure, operations, type StackPlaceData, clusterOf } from '@ushadow/contracts';
import { OWNER_ANNOTATION, type KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toClusterError } from '../clusters/to-cluster-error.ts';
import { StackMembers } from '../stacks/stack-members.ts';
import { kindNamed } from './kinds.ts';

/** Reads single objects of stacks, and no others. */
@Injectable()
export class StackObjectReader {
  constructor(private readonly clusters: ClusterConnections) {}

  /** Undefined where the stack has none of this kind and name, whoever else has one. */
  async find(place: StackPlaceData, kind: string, name: string): Promise<KubeObject | undefined> {
    const id = kindNamed(kind);
    if (id === undefined) return undefined;
    try {
      const cluster = await this.clusters.to(clusterOf(place.target));
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

/** A claim that a StatefulSet has made of a template bears no mark before the next deployment: it is of whom the set is. */
async function isOf(place: StackPlaceData, object: KubeObject, cluster: KubernetesTransport): Promise<boolean> {
  const members = new StackMembers(place.stack_id);
  if (await members.has(cluster, object)) return true;
  const isUnmarked = object.metadata.annotations?.[OWNER_ANNOTATION] === undefined;
  if (object.kind !== 'PersistentVolumeClaim' || !isUnmarked) return false;
  for (const name of setsOf(place, object.metadata.name)) {
    const set = await cluster.get({
      group: 'apps',
      version: 'v1',
      kind: 'StatefulSet',
      namespace: place.namespace,
      name,
    });
    if (set !== undefined && (await members.has(cluster, set))) return true;
  }
  return false;
}

/** Those that the stack wants whose claims are called so: a claim is called after a template, the set, and one of its pods. */
function setsOf({ services, namespace }: StackPlaceData, claim: string): string[] {
  const [, stem] = /^(.+)-\d+$/.exec(claim) ?? [];
  const ids = services.flatMap(({ objects }) => objects.map(({ id }) => id.split('/')));
  return ids.flatMap(([kind, where, name = '']) =>
    kind === 'StatefulSet' && where === namespace && stem?.endsWith(`-${name}`) === true ? [name] : [],
  );
}
