import type { Bench } from './bench.ts';

const ACTIVE = new Set(['pending', 'deploying']);

/** At no time had a service in a namespace two deployments that a worker may have. */
export async function checkActive(bench: Bench): Promise<string[]> {
  const violations: string[] = [];
  const active = new Map<string, Set<string>>();
  for (const { namespace, service_name: service, deployment_id: id, status } of await bench.store.statuses()) {
    const place = `${namespace}/${service}`;
    const own = active.get(place) ?? new Set();
    active.set(place, own);
    if (ACTIVE.has(status)) own.add(id);
    else own.delete(id);
    if (own.size > 1) violations.push(`active: ${[...own].join(' and ')} at once in ${place}`);
  }
  return violations;
}
