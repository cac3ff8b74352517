import { Injectable } from '@nestjs/common';
import type { operations, DeploymentData, InputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { partOf } from '../content/merge-content.ts';
import { withPodMates, withReplicas } from '../content/replicas.ts';
import type { StackContent } from '../content/stack-content.ts';
import { BeginDeployment } from '../deployments/begin-deployment.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import { findStack, revisionWith } from './find-stack.ts';
import { StackContents } from './stack-contents.ts';
import { StackStore } from './stack.store.ts';

/** Brings a stack to its last good content once more, whatever its files say by now. */
@Injectable()
export class RedeployStack {
  constructor(
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly begin: BeginDeployment,
  ) {}

  async run(input: InputOf<typeof operations.redeployStack>, context: RequestContext): Promise<DeploymentData> {
    const { stacks, contents, begin } = this;
    const stack = await findStack(input.stack_id, stacks);
    const { deployment: good, content } = await revisionWith(stack, input.services, contents);
    const selected = withPodMates(content, input.services ?? Object.keys(content.services));
    const { id: stackId, target, namespace, project } = stack;
    const deployment = await begin.run(
      {
        ...{ stackId, target, namespace, project },
        ...defaultOptions,
        ...{ kind: 'deploy', basedOn: good.id, planId: null, planHash: null, deleteNamespace: false },
        update: { content: partOf(started(content, selected), selected), selected, gone: [], change: {} },
        supersede: input.supersede,
        message: input.message,
      },
      context,
    );
    return toContract(deployment);
  }
}

/** What was stopped runs again. */
function started(content: StackContent, services: readonly string[]): StackContent {
  return Object.entries(content.configuration.stopped)
    .filter(([service]) => services.includes(service))
    .reduce((changed, [service, replicas]) => withReplicas(changed, service, replicas), content);
}
