import { Injectable } from '@nestjs/common';
import type { StackChangeData } from '@ushadow/contracts';
import type { StackContent } from '../content/stack-content.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import type { DeployOptions } from '../deployments/deployment.ts';
import { CheckDrift } from '../drift/check-drift.ts';
import { findStack, revisionWith } from '../stacks/find-stack.ts';
import { StackContents, type GoodRevision } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { PullSecrets } from '../updates/pull-secrets.ts';
import type { PreparedChange } from './change-update.ts';
import { adopt, repair } from './drift-changes.ts';
import {
  attachPullSecrets,
  dropOverrides,
  restartServices,
  startServices,
  stopServices,
  switchProbes,
  updateImages,
} from './service-changes.ts';

interface ChangeOfStack extends PreparedChange {
  readonly stack: Stack;
  readonly good: GoodRevision;
  readonly options: DeployOptions;
}

/** Turns a change that is asked for into what the stack is to become, seen from its last good content. */
@Injectable()
export class PrepareChange {
  constructor(
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly drift: CheckDrift,
    private readonly pullSecrets: PullSecrets,
  ) {}

  async run(stackId: string, change: StackChangeData): Promise<ChangeOfStack> {
    const stack = await findStack(stackId, this.stacks);
    const good = await revisionWith(stack, servicesOf(change), this.contents);
    const prepared = await this.prepare(change, stack, good);
    return { ...prepared, stack, good, options: { ...defaultOptions, ...prepared.options } };
  }

  private async prepare(change: StackChangeData, stack: Stack, good: GoodRevision): Promise<PreparedChange> {
    const { content } = good;
    const secretsFor = (changed: StackContent, services: readonly string[]) =>
      this.pullSecrets.secretsFor(stack, changed, services);
    switch (change.kind) {
      case 'repair':
        return repair(content, await this.drift.look(stack, good), change.drifted);
      case 'adopt':
        return adopt(content, await this.drift.look(stack, good), change.drifted);
      case 'update-image':
        return updateImages(content, change.images, secretsFor);
      case 'probe':
        return switchProbes(content, change.services, change.probe);
      case 'pull-secret':
        return attachPullSecrets(content, await secretsFor(content, change.services ?? Object.keys(content.services)));
      case 'drop':
        return dropOverrides(content, change.overrides, await this.drift.look(stack, good));
      case 'stop':
        return stopServices(content, change.services);
      case 'start':
        return startServices(content, change.services);
      case 'restart':
        return restartServices(content, change.services);
    }
  }
}

function servicesOf(change: StackChangeData): readonly string[] | undefined {
  if (change.kind === 'update-image') return Object.keys(change.images);
  return 'services' in change ? change.services : undefined;
}
