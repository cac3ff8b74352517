import { DomainError } from '@ushadow/contracts';
import { classifyError, KubernetesApiError, textAt, type KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { claimUses, nodeAmounts, podUsage, type Amounts, type ClaimUse, type PodUsage } from '@ushadow/live-tree';

const GROUP = 'metrics.k8s.io';
/** The newer first; they say the same. */
const VERSIONS = ['v1', 'v1beta1'] as const;
/** The answer of a cluster is not waited for longer. */
const CALL = { deadlineMs: 8_000 } as const;

export interface NodeFigures {
  readonly node: string;
  readonly used: Amounts;
  /** Undefined where the Node itself may not be seen. */
  readonly allocatable: Amounts | undefined;
}

/** The version in which the cluster serves metrics; undefined: in none. */
export async function metricsVersion(cluster: KubernetesTransport): Promise<string | undefined> {
  for (const version of VERSIONS) {
    if ((await cluster.kindsOf({ group: GROUP, version }, CALL)).has('PodMetrics')) return version;
  }
  return undefined;
}

export async function podFigures(
  cluster: KubernetesTransport,
  version: string,
  namespace: string,
): Promise<ReadonlyMap<string, PodUsage>> {
  const { items } = await cluster.listAs({ group: GROUP, version, kind: 'PodMetrics', namespace }, podUsage, CALL);
  return new Map(items.map((usage) => [usage.pod, usage]));
}

/** Undefined where nothing is measured of it. */
export async function nodeFigures(
  cluster: KubernetesTransport,
  version: string,
  node: string,
): Promise<NodeFigures | undefined> {
  const [metrics, seen] = await Promise.all([
    cluster.get({ group: GROUP, version, kind: 'NodeMetrics', name: node }, CALL),
    cluster.get({ group: '', version: 'v1', kind: 'Node', name: node }, CALL).catch(nothingIfForbidden),
  ]);
  if (metrics === undefined) return undefined;
  const allocatable = seen === undefined ? undefined : nodeAmounts(seen, 'status', 'allocatable');
  return { node, used: nodeAmounts(metrics, 'usage'), allocatable };
}

export async function claimFigures(cluster: KubernetesTransport, node: string): Promise<readonly ClaimUse[]> {
  return claimUses(await cluster.nodeSummary(node, CALL));
}

/** Why something cannot be measured, for people. */
export function whyNot(what: string, error: unknown): string {
  // The cluster, or who has its credential: neither is a fault of ours.
  if (!(error instanceof KubernetesApiError) && !(error instanceof DomainError)) throw error;
  return `${what} cannot be read: ${error.message.replace(/\.$/, '')}`;
}

/** Where a pod is; empty while it is nowhere. */
export function nodeOf(pod: KubeObject): string {
  return textAt(pod, ['spec', 'nodeName']);
}

function nothingIfForbidden(error: unknown): undefined {
  if (error instanceof KubernetesApiError && classifyError(error) === 'forbidden') return undefined;
  throw error;
}
