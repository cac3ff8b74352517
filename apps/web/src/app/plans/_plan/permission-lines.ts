import type { PlanData } from '@ushadow/contracts';

type Permission = PlanData['missing_permissions'][number];

/** What is missing, one line for each resource: `deployments.apps in shop: create, patch`. */
export function permissionLines(missing: readonly Permission[]): string[] {
  const byResource = Map.groupBy(missing, ({ resource, group, namespace }) => {
    const name = group === '' ? resource : `${resource}.${group}`;
    return namespace === '' ? `${name} everywhere` : `${name} in ${namespace}`;
  });
  return [...byResource].map(([resource, of]) => `${resource}: ${of.map(({ verb }) => verb).join(', ')}`);
}
