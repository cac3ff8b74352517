import type { DeploymentData, PlanData, StackData } from '@ushadow/contracts';
import type { Outline } from './fold.ts';

/** Which services want which object: as the plan says that is applied, else by the stack as it is. */
export function outlineOf(
  deployment: Pick<DeploymentData, 'services' | 'objects'>,
  plan: Pick<PlanData, 'objects'> | undefined,
  stack: Pick<StackData, 'services'> | undefined,
): Outline {
  const objects = new Map<string, readonly string[]>(deployment.objects.map((name) => [name, []]));
  for (const service of stack?.services ?? []) {
    for (const name of service.objects) {
      const known = objects.get(name);
      if (known !== undefined) objects.set(name, [...known, service.service]);
    }
  }
  for (const { object, services } of plan?.objects ?? []) {
    if (services.length > 0 || !objects.has(object)) objects.set(object, services);
  }
  return { services: deployment.services, objects };
}
