import { compareQuantities, isLabelKey, parseQuantity } from '@ushadow/kubernetes';
import type { JsonObject } from '@ushadow/kubernetes';
import { objectAt } from '../../shape.ts';
import type { Report, TypeRule } from '../type-rule.ts';

const known = new Set(['cpu', 'memory', 'ephemeral-storage']);
/** Of these a container can be given less than it may use; of others, such as GPUs, exactly what it asks for. */
const canOvercommit = (name: string): boolean => known.has(name);

function checkNames(amounts: JsonObject, report: Report, group: 'limits' | 'requests'): void {
  for (const [name, value] of Object.entries(amounts)) {
    if (!known.has(name) && !name.startsWith('hugepages-') && !(isLabelKey(name) && name.includes('/')))
      report('must be cpu, memory, ephemeral-storage or a name such as nvidia.com/gpu', group, name);
    const amount = parseQuantity(String(value));
    if (amount !== undefined && amount < 0n) report('must not be negative', group, name);
    else if (amount !== undefined && !canOvercommit(name) && amount % 1000n !== 0n)
      report('must be a whole number', group, name);
  }
}

export const resourceRules: readonly TypeRule[] = [
  {
    rule: 'resource-amounts',
    on: ['ResourceRequirements'],
    check(value, report) {
      const limits = objectAt(value.limits);
      const requests = objectAt(value.requests);
      checkNames(limits, report, 'limits');
      checkNames(requests, report, 'requests');
      for (const [name, request] of Object.entries(requests)) {
        const limit = limits[name];
        const order = limit === undefined ? undefined : compareQuantities(String(request), String(limit));
        if (limit === undefined && !canOvercommit(name)) report(`needs a limit of the same amount`, 'requests', name);
        else if (order !== undefined && order > 0)
          report(`must not be more than the limit ${String(limit)}`, 'requests', name);
        else if (order !== undefined && order < 0 && !canOvercommit(name))
          report(`must equal the limit ${String(limit)}`, 'requests', name);
      }
    },
  },
];
