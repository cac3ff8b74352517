import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { isPercentage } from '../formats.ts';
import { isSet, listAt, numberAt, objectAt, objectsIn } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';

/** Whether a label selector, as the API server reads it, picks these labels. */
export function selects(selector: JsonObject, labels: JsonObject): boolean {
  const matches = Object.entries(objectAt(selector.matchLabels)).every(([key, value]) => labels[key] === value);
  return (
    matches &&
    objectsIn(selector.matchExpressions).every(([, { key, operator, values }]) => {
      const own = labels[String(key)];
      if (operator === 'Exists') return own !== undefined;
      if (operator === 'DoesNotExist') return own === undefined;
      const among = own !== undefined && listAt(values).includes(own);
      return operator === 'In' ? among : !among;
    })
  );
}

const isEmpty = (selector: JsonObject): boolean =>
  Object.keys(objectAt(selector.matchLabels)).length + listAt(selector.matchExpressions).length === 0;

const alwaysRunning = ['DeploymentSpec', 'StatefulSetSpec', 'DaemonSetSpec'];

/** The amount a number or a percentage stands for; undefined for what is neither. */
const amount = (value: unknown): number | undefined =>
  isPercentage(value) ? Number.parseInt(String(value), 10) : numberAt(value);

const defaultSurge = (object: KubeObject): number => (object.kind === 'DaemonSet' ? 0 : 25);

export const workloadRules: readonly TypeRule[] = [
  {
    rule: 'selector',
    on: alwaysRunning,
    check({ selector, template }, report) {
      if (!isSet(selector)) return;
      const wanted = objectAt(selector);
      const labels = objectAt(objectAt(objectAt(template).metadata).labels);
      if (isEmpty(wanted)) report('must not be empty', 'selector');
      else if (!selects(wanted, labels))
        report('the labels of the template do not match the selector', 'template', 'metadata', 'labels');
    },
  },
  {
    rule: 'restart-policy',
    on: alwaysRunning,
    check({ template }, report) {
      const spec = objectAt(objectAt(template).spec);
      if (isSet(spec.restartPolicy) && spec.restartPolicy !== '' && spec.restartPolicy !== 'Always')
        report('must be Always here; a Job can end', 'template', 'spec', 'restartPolicy');
      if (isSet(spec.activeDeadlineSeconds))
        report('only pods that end can have a deadline', 'template', 'spec', 'activeDeadlineSeconds');
    },
  },
  {
    rule: 'rollout',
    on: ['DeploymentSpec'],
    check({ strategy, progressDeadlineSeconds, minReadySeconds }, report) {
      const { type, rollingUpdate } = objectAt(strategy);
      if (type === 'Recreate' && isSet(rollingUpdate))
        report('Recreate takes no rollingUpdate', 'strategy', 'rollingUpdate');
      const deadline = numberAt(progressDeadlineSeconds) ?? 600;
      if (deadline <= (numberAt(minReadySeconds) ?? 0))
        report('must be greater than minReadySeconds (default 600)', 'progressDeadlineSeconds');
    },
  },
  {
    rule: 'rollout',
    on: ['StatefulSetSpec', 'DaemonSetSpec'],
    check({ updateStrategy }, report) {
      const { type, rollingUpdate } = objectAt(updateStrategy);
      if (type === 'OnDelete' && isSet(rollingUpdate))
        report('OnDelete takes no rollingUpdate', 'updateStrategy', 'rollingUpdate');
    },
  },
  {
    rule: 'rollout',
    on: ['RollingUpdateDeployment', 'RollingUpdateDaemonSet'],
    check({ maxSurge, maxUnavailable }, report, { object }) {
      for (const [name, value] of [
        ['maxSurge', maxSurge],
        ['maxUnavailable', maxUnavailable],
      ] as const) {
        if (!isSet(value)) continue;
        const given = amount(value);
        if (given === undefined || given < 0) report('must be a number of pods or a percentage such as 25%', name);
        else if (name === 'maxUnavailable' && isPercentage(value) && given > 100)
          report('must not be more than 100%', name);
      }
      const surge = isSet(maxSurge) ? amount(maxSurge) : defaultSurge(object);
      if (surge === 0 && amount(maxUnavailable) === 0) report('may not be 0 when maxSurge is 0', 'maxUnavailable');
    },
  },
];
