import type { KubeObject } from '@ushadow/kubernetes';
import type { EmitContext } from './emit-context.ts';

/** The service whose pod a workload runs. */
export function hostService({ metadata }: KubeObject, { plan }: Pick<EmitContext, 'plan'>): string {
  const host = plan.services.find(({ name, host: of, service }) => name === metadata.name && of === service.name);
  return host?.service.name ?? metadata.name;
}
