import type { Bench } from './bench.ts';

const ACTIVE = new Set(['pending', 'deploying']);

/** At no time had a stack two deployments that a worker may have. */
export async function checkActive(bench: Bench): Promise<string[]> {
  const violations: string[] = [];
  const active = new Map<string, Set<string>>();
  for (const { stack_id: stack, deployment_id: id, status } of await bench.store.statuses()) {
    const own = active.get(stack) ?? new Set();
    active.set(stack, own);
    if (ACTIVE.has(status)) own.add(id);
    else own.delete(id);
    if (own.size > 1) violations.push(`active: ${[...own].join(' and ')} at once of the stack ${stack}`);
  }
  return violations;
}
