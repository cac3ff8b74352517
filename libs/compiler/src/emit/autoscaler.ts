import { parseApiVersion } from '@ushadow/kubernetes';
import type { PlannedService } from '../model/design.ts';
import type { EmitContext } from './emit-context.ts';
import { metadata, serviceLabels } from './metadata.ts';
import type { Draft, Sourced } from './sourced.ts';
import { from } from './sourced.ts';
import { WORKLOADS } from './workload.ts';

/** R115: scales the workload between bounds; the workload then names no replicas of its own. */
export function emitAutoscaler(planned: PlannedService, context: EmitContext): Sourced | undefined {
  const { autoscale } = planned;
  if (autoscale === undefined) return undefined;
  const { apiVersion, kind } = WORKLOADS[planned.kind];
  const metrics = [metric('cpu', autoscale.cpu), metric('memory', autoscale.memory)];
  return from(planned.service.path, {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadata(planned.name, context, serviceLabels(planned, context)),
    spec: {
      scaleTargetRef: { apiVersion: `${parseApiVersion(apiVersion).group}/v1`, kind, name: planned.name },
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
export function emitDisruptionBudget(planned: PlannedService, context: EmitContext): Sourced | undefined {
  const { disruption } = planned.settings;
  if (disruption === undefined || (planned.kind !== 'replicated' && planned.kind !== 'stateful')) return undefined;
  const { minAvailable, maxUnavailable } = disruption;
  return from(planned.service.path, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(planned.name, context, serviceLabels(planned, context)),
    spec: {
      minAvailable,
      maxUnavailable: minAvailable === undefined ? (maxUnavailable ?? 1) : undefined,
      selector: {
        matchLabels: { 'app.kubernetes.io/name': planned.name, 'app.kubernetes.io/instance': planned.instance },
      },
    },
  });
}
