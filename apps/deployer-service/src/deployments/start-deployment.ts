import { Injectable } from '@nestjs/common';
import type { InputOf, OutputOf, operations } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { CompileProject } from '../updates/compile-project.ts';
import { PrepareUpdate } from '../updates/prepare-update.ts';
import { BeginDeployment } from './begin-deployment.ts';
import { optionsOf } from './deploy-options.ts';

type Operation = typeof operations.startDeployment;

/** Deploys one service of a project: its stack with that service selected, in the cluster's own namespace unless named. */
@Injectable()
export class StartDeployment {
  constructor(
    private readonly compile: CompileProject,
    private readonly updates: PrepareUpdate,
    private readonly begin: BeginDeployment,
  ) {}

  async run(input: InputOf<Operation>, context: RequestContext): Promise<OutputOf<Operation>> {
    const { compile, updates, begin } = this;
    const [project, service] = splitServiceId(input.service_id);
    const cluster = await compile.cluster(input.cluster_id);
    const { stack, update, diagnostics } = await updates.run({
      cluster_id: input.cluster_id,
      project,
      namespace: input.namespace ?? cluster.namespace,
      services: [service],
      ...(input.k8s_spec === undefined ? {} : { specs: { [service]: input.k8s_spec } }),
      ...(input.node_name === undefined ? {} : { node_names: { [service]: input.node_name } }),
      ...(input.env_vars === undefined ? {} : { service_values: { [service]: input.env_vars } }),
      variables: input.variables,
      env_secrets: input.env_secrets,
      allow_unresolved: input.allow_unresolved,
      afresh: true,
      without_dependencies: true,
    });
    const { id: stackId, target, namespace } = stack;
    const deployment = await begin.run(
      {
        ...{ stackId, target, namespace, project },
        ...optionsOf(input),
        ...{ kind: 'deploy', basedOn: null, planId: null, planHash: null, deleteNamespace: false },
        ...{ update, supersede: input.supersede, message: input.message },
      },
      context,
    );
    const { objects, status, revision } = deployment;
    return {
      success: true,
      message: `Deployment of ${service} to namespace ${namespace} of ${cluster.name}: ${String(objects.length)} objects`,
      deployment_id: deployment.id,
      stack_id: stackId,
      service_id: input.service_id,
      namespace,
      node_name: input.node_name ?? null,
      status: status === 'queued' ? 'queued' : 'pending',
      revision,
      diagnostics,
    };
  }
}

/** `{project}:{service}`; a project's name has no colon. */
export function splitServiceId(serviceId: string): [project: string, service: string] {
  const at = serviceId.lastIndexOf(':');
  return at < 0 ? ['', serviceId] : [serviceId.slice(0, at), serviceId.slice(at + 1)];
}
