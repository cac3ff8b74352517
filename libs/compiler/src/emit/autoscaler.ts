import { parseApiVersion } from '@ushadow/kubernetes';
import type { DesignedService } from '../model/design.ts';
import type { EmitContext } from './emit-context.ts';
import { metadata, serviceLabels } from './metadata.ts';
import type { Draft, Sourced } from './sourced.ts';
import { from } from './sourced.ts';
import { WORKLOADS } from './workload.ts';

/** R115: scales the workload between bounds; the workload then names no replicas of its own. */
export function emitAutoscaler(designed: DesignedService, context: EmitContext): Sourced | undefined {
  const { autoscale } = designed;
  if (autoscale === undefined) return undefined;
  const { apiVersion, kind } = WORKLOADS[designed.kind];
  const metrics = [metric('cpu', autoscale.cpu), metric('memory', autoscale.memory)];
  return from(designed.service.path, {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadata(designed.name, context, serviceLabels(designed, context)),
    spec: {
      scaleTargetRef: { apiVersion: `${parseApiVersion(apiVersion).group}/v1`, kind, name: designed.name },
      minReplicas: autoscale.min,
      maxReplicas: autoscale.max,
      metrics,
    },
  });
}

/** A percentage of the request, or an amount per pod. */
function metric(name: 'cpu' | 'memory', target: string | undefined): Draft {
  if (target === undefined) return undefined;
  const percent = /^(\d+)%?$/.exec(target)?.[1];
  return {
    type: 'Resource',
    resource: {
      name,
      target:
        percent === undefined
          ? { type: 'AverageValue', averageValue: target }
          : { type: 'Utilization', averageUtilization: Number(percent) },
    },
  };
}

/** Keeps part of the replicas up while nodes are drained; only when asked for. */
export function emitDisruptionBudget(designed: DesignedService, context: EmitContext): Sourced | undefined {
  const { disruption } = designed.settings;
  if (disruption === undefined || (designed.kind !== 'replicated' && designed.kind !== 'stateful')) return undefined;
  const { minAvailable, maxUnavailable } = disruption;
  return from(designed.service.path, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(designed.name, context, serviceLabels(designed, context)),
    spec: {
      minAvailable,
      maxUnavailable: minAvailable === undefined ? (maxUnavailable ?? 1) : undefined,
      selector: {
        matchLabels: { 'app.kubernetes.io/name': designed.name, 'app.kubernetes.io/instance': designed.instance },
      },
    },
  });
}
