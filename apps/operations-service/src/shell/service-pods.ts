import { Injectable } from '@nestjs/common';
import { failure, operations, type StackPlaceData, clusterOf } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { StackMembers } from '../stacks/stack-members.ts';
import { StackPlaces } from '../stacks/stack-places.ts';
import { podNotFound, podsInOrder } from './choose-pod.ts';
import { toShellError } from './to-shell-error.ts';

const PODS_MAX = 2_000;

export interface ServicePod {
  readonly place: StackPlaceData;
  readonly pod: KubeObject;
  readonly transport: KubernetesTransport;
}

/** Finds the pods of a service of a stack: by the labels that they have from the compiler, and by whose they are. */
@Injectable()
export class ServicePods {
  constructor(
    private readonly places: StackPlaces,
    private readonly clusters: ClusterConnections,
  ) {}

  /** @throws DomainError */
  async place(stackId: string, service: string): Promise<StackPlaceData> {
    const place = await this.places.find(stackId);
    if (place.services.some((each) => each.service === service)) return place;
    const known = place.services.map((each) => each.service).join(', ');
    const message = `${place.project} has no service ${service}. It has: ${known}.`;
    throw failure(operations.openExec, 'SERVICE_NOT_DEPLOYED', message);
  }

  /** With the credential that the cluster has now. @throws DomainError */
  transport({ target }: StackPlaceData): Promise<KubernetesTransport> {
    return this.clusters.to(clusterOf(target));
  }

  /** @throws DomainError */
  async find(place: StackPlaceData, service: string, named: string | undefined): Promise<ServicePod> {
    const transport = await this.transport(place);
    const objectName = place.services.find((each) => each.service === service)?.object_name ?? '';
    const labelSelector = `app.kubernetes.io/name=${objectName}`;
    const target = { group: '', version: 'v1', kind: 'Pod', namespace: place.namespace, labelSelector };
    try {
      const members = new StackMembers(place.stack_id);
      const { items } = await transport.list(target, { itemsMax: PODS_MAX });
      const own = await Promise.all(items.map(async (pod) => ((await members.has(transport, pod)) ? [pod] : [])));
      const [pod] = podsInOrder(service, own.flat(), named);
      if (pod !== undefined) return { place, pod, transport };
    } catch (error) {
      throw toShellError(error);
    }
    throw podNotFound(`No pod of ${service} runs now.`);
  }
}
