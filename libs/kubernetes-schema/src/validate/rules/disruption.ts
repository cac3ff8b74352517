import { isPercentage } from '../formats.ts';
import { isSet } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';

export const disruptionRules: readonly TypeRule[] = [
  {
    rule: 'disruption-budget',
    on: ['PodDisruptionBudgetSpec'],
    check(spec, report) {
      if (isSet(spec.minAvailable) && isSet(spec.maxUnavailable))
        report('may not stand beside minAvailable', 'maxUnavailable');
      for (const field of ['minAvailable', 'maxUnavailable'] as const) {
        const value = spec[field];
        const right =
          !isSet(value) ||
          (typeof value === 'number' ? value >= 0 : isPercentage(value) && Number.parseInt(String(value), 10) <= 100);
        if (!right) report('must be a number of pods or a percentage up to 100%', field);
      }
    },
  },
];
