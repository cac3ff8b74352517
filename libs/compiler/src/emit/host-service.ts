import type { KubeObject } from '@ushadow/kubernetes';
import type { EmitContext } from './emit-context.ts';

/** The service whose pod a workload runs. */
export function hostService({ metadata }: KubeObject, { design }: Pick<EmitContext, 'design'>): string {
  const host = design.services.find(({ name, host: of, service }) => name === metadata.name && of === service.name);
  return host?.service.name ?? metadata.name;
}
