import type { StackData } from '@ushadow/contracts';
import type { StackRequest } from '../_form/to-stack-request.ts';
import type { VariablesRequest } from '../_hooks/use-project-variables.ts';

/** Asks for the variables of what the form asks for. What the stack keeps and may be shown goes along. */
export function toVariablesRequest(
  request: StackRequest,
  stack: Pick<StackData, 'configuration' | 'namespace'> | null,
): VariablesRequest {
  const { cluster_id, project, services, profiles, variables, env_secrets } = request;
  const namespace = request.namespace ?? stack?.namespace;
  const kept = (stack?.configuration.variables ?? []).flatMap(({ name, service, value }) =>
    service === null && value !== null ? [[name, value] as const] : [],
  );
  return {
    project,
    cluster_id,
    ...(namespace === undefined ? {} : { namespace }),
    ...(services === undefined || services.length === 0 ? {} : { services }),
    ...(stack === null || stack.configuration.infra_of.length === 0 ? {} : { infra_of: stack.configuration.infra_of }),
    ...(profiles === undefined ? {} : { profiles }),
    ...(variables === undefined ? {} : { typed: variables }),
    ...(env_secrets === undefined ? {} : { env_secrets }),
    ...(kept.length === 0 ? {} : { remembered: Object.fromEntries(kept) }),
  };
}
