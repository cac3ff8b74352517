import type { KubeObject } from '@ushadow/kubernetes';
import { listAt, numberAt, parseQuantity, textAt } from '@ushadow/kubernetes';
import { containersOf } from '../words/pod-containers.ts';

/** What is used, or may be. */
export interface Amounts {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
}

export interface ContainerUsage extends Amounts {
  readonly name: string;
}

/** What a pod uses, as `metrics.k8s.io` says it. */
export interface PodUsage extends Amounts {
  readonly pod: string;
  /** When it was measured. */
  readonly at: string;
  readonly containers: readonly ContainerUsage[];
}

/** What a pod has asked for and may have at most; null where a container of it says nothing. */
export interface PodBudget {
  readonly cpuRequest: number | null;
  readonly cpuLimit: number | null;
  readonly memoryRequest: number | null;
  readonly memoryLimit: number | null;
}

/** Of a `PodMetrics` of v1 or v1beta1, which say the same. */
export function podUsage(metrics: KubeObject): PodUsage {
  const containers = listAt(metrics, ['containers']).map((container) => ({
    name: textAt(container, ['name']),
    ...amounts(container, 'usage'),
  }));
  return {
    pod: metrics.metadata.name,
    at: textAt(metrics, ['timestamp']),
    cpuMillicores: sum(containers.map(({ cpuMillicores }) => cpuMillicores)),
    memoryBytes: sum(containers.map(({ memoryBytes }) => memoryBytes)),
    containers,
  };
}

/** Of a `NodeMetrics`, or of a Node’s `allocatable` by the path to it. */
export function nodeAmounts(
  object: KubeObject,
  ...path: readonly ['usage'] | readonly ['status', 'allocatable']
): Amounts {
  const [first, second] = path;
  return second === undefined ? amounts(object, first) : amounts(object['status'], second);
}

/** Of those that run beside each other: init containers are done by then. */
export function podBudget(pod: KubeObject): PodBudget {
  const lasting = containersOf(pod).filter(({ role }) => role === 'main' || role === 'sidecar');
  const total = (kind: 'requests' | 'limits', name: string): number | null => {
    const values = lasting.map(({ spec }) => quantity(textAt(spec, ['resources', kind, name])));
    return values.every((value) => value !== undefined) ? sum(values) : null;
  };
  const bytes = (value: number | null): number | null => (value === null ? null : value / 1_000);
  return {
    cpuRequest: total('requests', 'cpu'),
    cpuLimit: total('limits', 'cpu'),
    memoryRequest: bytes(total('requests', 'memory')),
    memoryLimit: bytes(total('limits', 'memory')),
  };
}

/** A claim’s use, by the summary of the kubelet whose pod mounts it. */
export interface ClaimUse {
  readonly claim: string;
  readonly namespace: string;
  readonly usedBytes: number;
  readonly capacityBytes: number;
}

export function claimUses(summary: unknown): ClaimUse[] {
  return listAt(summary, ['pods']).flatMap((pod) =>
    listAt(pod, ['volume']).flatMap((volume): ClaimUse[] => {
      const claim = textAt(volume, ['pvcRef', 'name']);
      if (claim === '') return [];
      return [
        {
          claim,
          namespace: textAt(volume, ['pvcRef', 'namespace']),
          usedBytes: numberAt(volume, ['usedBytes']),
          capacityBytes: numberAt(volume, ['capacityBytes']),
        },
      ];
    }),
  );
}

function amounts(value: unknown, key: string): Amounts {
  return {
    cpuMillicores: quantity(textAt(value, [key, 'cpu'])) ?? 0,
    memoryBytes: (quantity(textAt(value, [key, 'memory'])) ?? 0) / 1_000,
  };
}

/** In thousandths. */
function quantity(text: string): number | undefined {
  const parsed = parseQuantity(text);
  return parsed === undefined ? undefined : Number(parsed);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
