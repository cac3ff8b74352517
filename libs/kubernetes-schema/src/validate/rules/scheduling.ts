import { isLabelValue } from '@ushadow/kubernetes';
import { isSet, listAt, objectsIn, textAt } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';

export const schedulingRules: readonly TypeRule[] = [
  {
    rule: 'toleration',
    on: ['Toleration'],
    check({ key, operator, value, effect, tolerationSeconds }, report) {
      const exists = operator === 'Exists';
      if (textAt(key) === undefined && !exists) report('must be Exists when there is no key', 'operator');
      if (exists && textAt(value) !== undefined) report('must be empty when operator is Exists', 'value');
      if (!exists && typeof value === 'string' && !isLabelValue(value)) report('must be a label value', 'value');
      if (isSet(tolerationSeconds) && effect !== 'NoExecute')
        report('must be NoExecute when tolerationSeconds is set', 'effect');
    },
  },
  {
    rule: 'node-selector',
    on: ['NodeSelectorRequirement'],
    check({ operator, values }, report) {
      const given = listAt(values);
      if ((operator === 'In' || operator === 'NotIn') && given.length === 0)
        report(`${operator} needs values`, 'values');
      if ((operator === 'Exists' || operator === 'DoesNotExist') && given.length > 0)
        report(`${operator} takes no values`, 'values');
      if ((operator === 'Gt' || operator === 'Lt') && given.length !== 1)
        report(`${operator} needs exactly one value`, 'values');
      given.forEach((value, i) => {
        if (typeof value === 'string' && !isLabelValue(value))
          report('must be a label value, or no node can match', 'values', i);
      });
    },
  },
  {
    rule: 'node-selector',
    on: ['NodeSelector'],
    check({ nodeSelectorTerms }, report) {
      if (objectsIn(nodeSelectorTerms).length === 0) report('must not be empty', 'nodeSelectorTerms');
    },
  },
  {
    rule: 'topology-key',
    on: ['PodAffinityTerm', 'TopologySpreadConstraint'],
    check({ topologyKey, whenUnsatisfiable, minDomains }, report) {
      if (topologyKey === '') report('is required', 'topologyKey');
      if (isSet(minDomains) && whenUnsatisfiable !== 'DoNotSchedule') report('is only for DoNotSchedule', 'minDomains');
    },
  },
];
