import { parseQuantity } from '@ushadow/kubernetes';
import { isSet, numberAt, objectAt, objectsIn, textAt } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';
import { isPathSegment } from './names.ts';

const sources: Readonly<Record<string, string>> = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};
const targetFields: Readonly<Record<string, string>> = {
  Utilization: 'averageUtilization',
  AverageValue: 'averageValue',
  Value: 'value',
};

export const autoscalingRules: readonly TypeRule[] = [
  {
    rule: 'autoscaler-bounds',
    on: ['HorizontalPodAutoscalerSpec'],
    check({ minReplicas, maxReplicas }, report) {
      if ((numberAt(maxReplicas) ?? 0) < (numberAt(minReplicas) ?? 1))
        report('must not be less than minReplicas', 'maxReplicas');
    },
  },
  {
    rule: 'autoscaler-target',
    on: ['HorizontalPodAutoscalerSpec'],
    check({ scaleTargetRef }, report) {
      const { apiVersion, kind, name } = objectAt(scaleTargetRef);
      if (!/^[^/]+\/[^/]+$/.test(String(apiVersion ?? '')))
        report('must name group and version, such as apps/v1', 'scaleTargetRef', 'apiVersion');
      for (const [field, value] of [
        ['kind', kind],
        ['name', name],
      ] as const)
        if (isSet(value) && (value === '' || !isPathSegment(String(value))))
          report('must be a name', 'scaleTargetRef', field);
    },
  },
  {
    rule: 'autoscaler-metric',
    on: ['MetricSpec'],
    check(metric, report) {
      const wanted = sources[String(metric.type)];
      if (wanted === undefined) return report('must be Resource, ContainerResource, Pods, Object or External', 'type');
      for (const field of Object.values(sources))
        if (isSet(metric[field]) !== (field === wanted))
          report(`must be set exactly when type is ${fieldKind(field)}`, field);
    },
  },
  {
    rule: 'autoscaler-metric',
    on: ['MetricTarget'],
    check(target, report) {
      const wanted = targetFields[String(target.type)];
      if (wanted !== undefined && !isSet(target[wanted]))
        report(`is required when type is ${String(target.type)}`, wanted);
      if (isSet(target.averageUtilization) && (numberAt(target.averageUtilization) ?? 0) < 1)
        report('must be greater than 0', 'averageUtilization');
      for (const field of ['averageValue', 'value'] as const) {
        const amount = isSet(target[field]) ? parseQuantity(String(target[field])) : undefined;
        if (amount !== undefined && amount <= 0n) report('must be greater than 0', field);
      }
    },
  },
  {
    rule: 'autoscaler-metric',
    on: ['ResourceMetricSource', 'ContainerResourceMetricSource'],
    check({ name, target }, report) {
      if (textAt(name) === undefined) report('is required', 'name');
      if (isSet(objectAt(target).value)) report('must be averageUtilization or averageValue', 'target', 'value');
      if (isSet(objectAt(target).averageUtilization) && isSet(objectAt(target).averageValue))
        report('may not stand beside averageUtilization', 'target', 'averageValue');
    },
  },
  {
    rule: 'autoscaler-behavior',
    on: ['HPAScalingRules'],
    check({ policies, stabilizationWindowSeconds }, report) {
      const window = numberAt(stabilizationWindowSeconds);
      if (window !== undefined && (window < 0 || window > 3600))
        report('must lie between 0 and 3600', 'stabilizationWindowSeconds');
      if (Array.isArray(policies) && policies.length === 0) report('must not be empty', 'policies');
      for (const [i, policy] of objectsIn(policies)) {
        if ((numberAt(policy.value) ?? 1) <= 0) report('must be greater than 0', 'policies', i, 'value');
        const seconds = numberAt(policy.periodSeconds) ?? 1;
        if (seconds <= 0 || seconds > 1800) report('must lie between 1 and 1800', 'policies', i, 'periodSeconds');
      }
    },
  },
];

function fieldKind(field: string): string {
  return Object.keys(sources).find((kind) => sources[kind] === field) ?? field;
}
