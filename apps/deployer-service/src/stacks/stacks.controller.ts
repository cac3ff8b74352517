import { Controller } from '@nestjs/common';
import { operations, type DeploymentData, type InputOf, type OutputOf, type StackData } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { DeployStack } from './deploy-stack.ts';
import { RedeployStack } from './redeploy-stack.ts';
import { RemoveStack } from './remove-stack.ts';
import { StackStore } from './stack.store.ts';
import { LocateStack } from './locate-stack.ts';
import { ShowStacks } from './show-stacks.ts';

@Controller()
export class StacksController {
  constructor(
    private readonly show: ShowStacks,
    private readonly deployStack: DeployStack,
    private readonly redeployStack: RedeployStack,
    private readonly removeStack: RemoveStack,
    private readonly stacks: StackStore,
    private readonly locate: LocateStack,
  ) {}

  @Handle(operations.listStacks)
  list(input: InputOf<typeof operations.listStacks>): Promise<OutputOf<typeof operations.listStacks>> {
    return this.show.list(input);
  }

  @Handle(operations.knownProjects)
  async known(input: InputOf<typeof operations.knownProjects>): Promise<OutputOf<typeof operations.knownProjects>> {
    return { known: await this.stacks.knownProjects(input.projects) };
  }

  @Handle(operations.locateStack)
  place(input: InputOf<typeof operations.locateStack>): Promise<OutputOf<typeof operations.locateStack>> {
    return this.locate.place(input.stack_id);
  }

  @Handle(operations.openMaskValues)
  async maskValues(
    input: InputOf<typeof operations.openMaskValues>,
  ): Promise<OutputOf<typeof operations.openMaskValues>> {
    return { values: await this.locate.secretValues(input.stack_id) };
  }

  @Handle(operations.getStack)
  get(input: InputOf<typeof operations.getStack>): Promise<StackData> {
    return this.show.get(input.stack_id);
  }

  @Handle(operations.deployStack)
  deploy(
    input: InputOf<typeof operations.deployStack>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.deployStack>> {
    return this.deployStack.run(input, context);
  }

  @Handle(operations.redeployStack)
  redeploy(input: InputOf<typeof operations.redeployStack>, context: RequestContext): Promise<DeploymentData> {
    return this.redeployStack.run(input, context);
  }

  @Handle(operations.removeStack)
  remove(input: InputOf<typeof operations.removeStack>, context: RequestContext): Promise<DeploymentData> {
    return this.removeStack.run(input, context);
  }
}
