import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { clusterOf, type InputOf, type OutputOf, type StackPlaceData, type operations } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { BusConnection } from '@ushadow/messaging';
import { withRequestContext } from '@ushadow/observability';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import type { StackView } from '../live/stack-view.ts';
import { StackViews } from '../live/stack-views.ts';
import { chosenPods, claimsOf, historyOf, podsOf, round } from './figures.ts';
import { claimFigures, nodeFigures, nodeOf, whyNot, type NodeFigures } from './metrics-api.ts';
import { MetricsSampler } from './metrics-sampler.ts';

type Metrics = OutputOf<typeof operations.getStackMetrics>;

/** More nodes than that are not asked for one answer. */
const NODES_MAX = 20;

/** What the pods of a stack use, with what they may. */
@Injectable()
export class StackMetrics implements BeforeApplicationShutdown {
  private readonly samplers = new Map<string, MetricsSampler>();

  constructor(
    private readonly views: StackViews,
    private readonly clusters: ClusterConnections,
    private readonly bus: BusConnection,
  ) {}

  async of({ stack_id, pod: asked }: InputOf<typeof operations.getStackMetrics>): Promise<Metrics> {
    using held = await this.views.seen(stack_id);
    const { view, place } = held;
    const sampler = this.samplerOf(place);
    await sampler.ask();
    const pods = view.objects().filter(({ kind }) => kind === 'Pod');
    const latest = sampler.message === '' ? sampler.ring.latest : undefined;
    const rest = await this.nodesAndClaims(place, pods, sampler.version);
    return {
      available: latest !== undefined,
      message: sampler.message,
      at: latest === undefined ? null : new Date(latest.at).toISOString(),
      pods: latest === undefined ? [] : podsOf(pods, latest.value, servicesOf(view, place)),
      ...rest,
      history: historyOf(sampler.ring.all(), chosenPods(pods, asked)),
    };
  }

  beforeApplicationShutdown(): void {
    for (const sampler of this.samplers.values()) sampler.close();
  }

  private samplerOf({ target, namespace }: StackPlaceData): MetricsSampler {
    const clusterId = clusterOf(target);
    const key = `${clusterId}/${namespace}`;
    const known = this.samplers.get(key);
    if (known !== undefined) return known;
    // What goes on after this request is nobody's request.
    const connect = () => withRequestContext(this.bus.ownContext(), () => this.clusters.to(clusterId));
    const sampler = new MetricsSampler(connect, namespace, () => this.samplers.delete(key));
    this.samplers.set(key, sampler);
    return sampler;
  }

  private async nodesAndClaims(
    place: StackPlaceData,
    pods: readonly KubeObject[],
    version: string | undefined,
  ): Promise<Pick<Metrics, 'nodes' | 'claims' | 'notes'>> {
    const cluster = await this.clusters.to(clusterOf(place.target));
    const notes = new Set<string>();
    const noted = <T>(what: string, work: Promise<T>): Promise<T | undefined> =>
      work.catch((error: unknown) => {
        notes.add(whyNot(what, error));
        return undefined;
      });
    const all = [...new Set(pods.map(nodeOf).filter((node) => node !== ''))].slice(0, NODES_MAX);
    const mounting = [...new Set(pods.filter((pod) => claimsOf(pod).length > 0).map(nodeOf))].filter((node) =>
      all.includes(node),
    );
    const [nodes, claims] = await Promise.all([
      version === undefined ? [] : Promise.all(all.map((node) => noted('nodes', nodeFigures(cluster, version, node)))),
      Promise.all(mounting.map((node) => noted('the use of claims', claimFigures(cluster, node)))),
    ]);
    const used = claims.flatMap((each) => each ?? []).filter(({ namespace }) => namespace === place.namespace);
    const own = new Set(pods.flatMap(claimsOf));
    const byClaim = new Map(used.filter(({ claim }) => own.has(claim)).map((use) => [use.claim, use]));
    return {
      nodes: nodes.flatMap((each) => (each === undefined ? [] : [toNode(each)])),
      claims: [...byClaim.values()].map(({ claim, usedBytes, capacityBytes }) => ({
        claim,
        used_bytes: usedBytes,
        capacity_bytes: capacityBytes,
      })),
      notes: [...notes],
    };
  }
}

function toNode({ node, used, allocatable }: NodeFigures): Metrics['nodes'][number] {
  return {
    node,
    cpu_millicores: round(used.cpuMillicores),
    memory_bytes: used.memoryBytes,
    cpu_allocatable_millicores: allocatable?.cpuMillicores ?? null,
    memory_allocatable_bytes: allocatable?.memoryBytes ?? null,
  };
}

/** By pod, the service that it runs. */
function servicesOf(view: StackView, { services }: StackPlaceData): ReadonlyMap<string, string> {
  return new Map(
    services.flatMap(({ service }) =>
      view
        .objects(`service:${service}`)
        .filter(({ kind }) => kind === 'Pod')
        .map(({ metadata }) => [metadata.name, service] as const),
    ),
  );
}
