import { Injectable } from '@nestjs/common';
import { DomainError, type ClusterData, type RouteTargetData } from '@ushadow/contracts';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { ClusterConnections } from '../../clusters/cluster-connections.ts';
import { chooseRouteTarget, type ChosenRoutes, type FormerGateway } from './choose-route-target.ts';
import { readRoutingFacts } from './read-routing-facts.ts';
import type { RoutingFacts } from './routing-facts.ts';

export interface ClusterRoute extends ChosenRoutes {
  /** Undefined: there is no way to the cluster. */
  readonly transport: KubernetesTransport | undefined;
  readonly facts: RoutingFacts;
}

const KNOWN_MAX = 1_000;

const NOTHING_SEEN: RoutingFacts = {
  classes: undefined,
  servesGateways: undefined,
  streamKinds: [],
  servesListenerSets: false,
  gateways: undefined,
  unseen: ['the cluster (no way to it)'],
};

/** How a cluster takes requests to a namespace from outside, by its settings and by what it has. */
@Injectable()
export class ClusterRoutes {
  /** By cluster; more of them than one process plans for at a time need not be known. */
  private readonly last = new Map<string, RouteTargetData | undefined>();

  constructor(private readonly clusters: ClusterConnections) {}

  /** As it was last chosen for a cluster, in whatever namespace: a guess. */
  lastOf(clusterId: string): RouteTargetData | undefined {
    return this.last.get(clusterId);
  }

  async choose(cluster: ClusterData, namespace: string, former?: FormerGateway): Promise<ClusterRoute> {
    const transport = await this.connect(cluster.cluster_id);
    const facts =
      transport === undefined ? NOTHING_SEEN : await readRoutingFacts(transport, cluster.routing, namespace);
    const chosen = chooseRouteTarget(cluster.routing, facts, former);
    if (this.last.size >= KNOWN_MAX) this.last.clear();
    this.last.set(cluster.cluster_id, chosen.target);
    return { transport, facts, ...chosen };
  }

  /** Undefined where there is no way to the cluster: whatever comes after this will say so. */
  private async connect(clusterId: string): Promise<KubernetesTransport | undefined> {
    try {
      return await this.clusters.to(clusterId);
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }
}
