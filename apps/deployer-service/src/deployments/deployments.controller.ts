import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf, clusterTarget } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { CancelDeployment } from './cancel-deployment.ts';
import { toContract } from './deployment.mapper.ts';
import { DeploymentStore } from './store/deployment.store.ts';
import { GetDeployment } from './get-deployment.ts';
import { LastEnvironment } from './last-environment.ts';
import { ListDeploymentEvents } from './list-deployment-events.ts';
import { StartDeployment } from './start-deployment.ts';

@Controller()
export class DeploymentsController {
  constructor(
    private readonly startDeployment: StartDeployment,
    private readonly cancelDeployment: CancelDeployment,
    private readonly getDeployment: GetDeployment,
    private readonly listDeploymentEvents: ListDeploymentEvents,
    private readonly lastEnvironment: LastEnvironment,
    private readonly store: DeploymentStore,
  ) {}

  @Handle(operations.startDeployment)
  start(
    input: InputOf<typeof operations.startDeployment>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.startDeployment>> {
    return this.startDeployment.run(input, context);
  }

  @Handle(operations.cancelDeployment)
  cancel(
    input: InputOf<typeof operations.cancelDeployment>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.cancelDeployment>> {
    return this.cancelDeployment.run(input, context);
  }

  @Handle(operations.getDeployment)
  get(input: InputOf<typeof operations.getDeployment>): Promise<OutputOf<typeof operations.getDeployment>> {
    return this.getDeployment.run(input.deployment_id);
  }

  @Handle(operations.listDeployments)
  async list(input: InputOf<typeof operations.listDeployments>): Promise<OutputOf<typeof operations.listDeployments>> {
    const page = await this.store.list({
      limit: input.limit,
      target: input.cluster_id === undefined ? undefined : clusterTarget(input.cluster_id),
      stackId: input.stack_id,
      cursor: input.cursor,
    });
    return { deployments: page.deployments.map(toContract), next_cursor: page.nextCursor };
  }

  @Handle(operations.listDeploymentEvents)
  events(
    input: InputOf<typeof operations.listDeploymentEvents>,
  ): Promise<OutputOf<typeof operations.listDeploymentEvents>> {
    return this.listDeploymentEvents.run(input);
  }

  @Handle(operations.lastEnvironment)
  environment(input: InputOf<typeof operations.lastEnvironment>): Promise<OutputOf<typeof operations.lastEnvironment>> {
    return this.lastEnvironment.run(input);
  }
}
