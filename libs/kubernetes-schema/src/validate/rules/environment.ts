import type { JsonObject } from '@ushadow/kubernetes';
import { isSet, objectAt, textAt } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';

const sources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const;
const fieldPaths =
  /^(metadata\.(name|namespace|uid|(labels|annotations)\['[^']+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIP|hostIPs|podIP|podIPs))$/;
const resourceFields = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/;

const count = (value: JsonObject, names: readonly string[]): number =>
  names.filter((name) => isSet(value[name])).length;

export const environmentRules: readonly TypeRule[] = [
  {
    rule: 'env-source',
    on: ['EnvVar'],
    check({ name, value, valueFrom }, report) {
      if (name === '') report('is required', 'name');
      if (!isSet(valueFrom)) return;
      const given = count(objectAt(valueFrom), sources);
      if (given !== 1) report(`must have exactly one of ${sources.join(', ')}`, 'valueFrom');
      else if (textAt(value) !== undefined) report('may not stand beside value', 'valueFrom');
    },
  },
  {
    rule: 'env-source',
    on: ['EnvFromSource'],
    check(value, report) {
      if (count(value, ['configMapRef', 'secretRef']) !== 1)
        report('must have exactly one of configMapRef and secretRef');
    },
  },
  {
    rule: 'env-reference',
    on: ['ConfigMapEnvSource', 'SecretEnvSource', 'ConfigMapKeySelector', 'SecretKeySelector'],
    check(value, report) {
      if (textAt(value.name) === undefined) report('is required', 'name');
      if (value.key === '') report('is required', 'key');
    },
  },
  {
    rule: 'downward-field',
    on: ['EnvVarSource'],
    check({ fieldRef, resourceFieldRef }, report) {
      const path = objectAt(fieldRef).fieldPath;
      if (typeof path === 'string' && !fieldPaths.test(path))
        report('is no field a variable can be taken from', 'fieldRef', 'fieldPath');
      const resource = objectAt(resourceFieldRef).resource;
      if (typeof resource === 'string' && !resourceFields.test(resource))
        report('must be limits or requests of cpu, memory or ephemeral-storage', 'resourceFieldRef', 'resource');
    },
  },
];
