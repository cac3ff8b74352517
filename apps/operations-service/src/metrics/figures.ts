import type { PodMetricsData, StackMetricsData } from '@ushadow/contracts';
import { listAt, textAt, type KubeObject } from '@ushadow/kubernetes';
import { podBudget, type PodUsage } from '@ushadow/live-tree';
import { nodeOf } from './metrics-api.ts';
import type { Usages } from './metrics-sampler.ts';

/** What is measured of pods, with what they have asked for; those of which nothing is measured yet are left out. */
export function podsOf(
  pods: readonly KubeObject[],
  usages: Usages,
  services: ReadonlyMap<string, string>,
): PodMetricsData[] {
  return pods.flatMap((pod) => {
    const usage = usages.get(pod.metadata.name);
    return usage === undefined ? [] : [toPod(pod, usage, services.get(pod.metadata.name) ?? null)];
  });
}

function toPod(pod: KubeObject, usage: PodUsage, service: string | null): PodMetricsData {
  const budget = podBudget(pod);
  return {
    pod: usage.pod,
    service,
    node: nodeOf(pod) || null,
    ...amounts(usage),
    cpu_request_millicores: budget.cpuRequest,
    cpu_limit_millicores: budget.cpuLimit,
    memory_request_bytes: budget.memoryRequest,
    memory_limit_bytes: budget.memoryLimit,
    containers: usage.containers.map((container) => ({ name: container.name, ...amounts(container) })),
  };
}

/** Those of the stack's pods that were asked for: all, or the one, which is no other's of that name. */
export function chosenPods(pods: readonly KubeObject[], asked: string | undefined): ReadonlySet<string> {
  const own = pods.map(({ metadata }) => metadata.name);
  return new Set(own.filter((name) => asked === undefined || name === asked));
}

/** What some pods have used together, over time. */
export function historyOf(
  samples: readonly { readonly at: number; readonly value: Usages }[],
  pods: ReadonlySet<string>,
): StackMetricsData['history'] {
  return samples.map(({ at, value }) => {
    const own = [...value.values()].filter(({ pod }) => pods.has(pod));
    return {
      at: new Date(at).toISOString(),
      cpu_millicores: round(own.reduce((sum, { cpuMillicores }) => sum + cpuMillicores, 0)),
      memory_bytes: own.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    };
  });
}

export function claimsOf(pod: KubeObject): string[] {
  return listAt(pod, ['spec', 'volumes'])
    .map((volume) => textAt(volume, ['persistentVolumeClaim', 'claimName']))
    .filter((claim) => claim !== '');
}

function amounts({ cpuMillicores, memoryBytes }: Pick<PodUsage, 'cpuMillicores' | 'memoryBytes'>) {
  return { cpu_millicores: round(cpuMillicores), memory_bytes: memoryBytes };
}

/** To a tenth. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
