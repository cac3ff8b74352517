import type { JsonObject } from '@ushadow/kubernetes';
import { eachRepeated, isSet, objectAt, objectsIn, textAt } from '../../shape.ts';
import type { Report, TypeRule } from '../type-rule.ts';

const runningOnly = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

function checkInit(container: JsonObject, report: Report, i: number): void {
  if (container.restartPolicy === 'Always') return;
  for (const field of runningOnly)
    if (isSet(container[field]))
      report('only an init container with restartPolicy Always can have it', 'initContainers', i, field);
}

export const containerRules: readonly TypeRule[] = [
  {
    rule: 'container-image',
    on: ['Container'],
    check({ name, image }, report) {
      if (textAt(name) === undefined && isSet(name)) report('is required', 'name');
      if (textAt(image) === undefined) report('is required', 'image');
    },
  },
  {
    rule: 'port-duplicate',
    on: ['Container'],
    check({ ports }, report) {
      eachRepeated(
        objectsIn(ports),
        ([, port]) => textAt(port.name),
        ([i], name) => report(`another port is called ${name}`, 'ports', i, 'name'),
      );
    },
  },
  {
    rule: 'init-container',
    on: ['PodSpec'],
    check({ initContainers }, report) {
      for (const [i, container] of objectsIn(initContainers)) checkInit(container, report, i);
    },
  },
  {
    rule: 'restart-rules',
    on: ['Container'],
    check({ restartPolicy, restartPolicyRules }, report) {
      if (isSet(restartPolicy) && !['Always', 'OnFailure', 'Never'].includes(String(restartPolicy)))
        report('must be Always, OnFailure or Never', 'restartPolicy');
      if (Array.isArray(restartPolicyRules) && restartPolicyRules.length > 0 && !isSet(restartPolicy))
        report('is required with restartPolicyRules', 'restartPolicy');
    },
  },
  {
    rule: 'stop-signal',
    on: ['PodSpec'],
    check({ containers, os }, report) {
      for (const [i, container] of objectsIn(containers))
        if (isSet(objectAt(container.lifecycle).stopSignal) && !isSet(objectAt(os).name))
          report('needs spec.os.name', 'containers', i, 'lifecycle', 'stopSignal');
    },
  },
];
