import { Injectable } from '@nestjs/common';
import type { DeployOptions as EngineOptions } from '@ushadow/deploy-engine';
import type { Step } from '../content/step.ts';
import { adoptedId, toEngineOptions } from '../deployments/deploy-options.ts';
import type { DeployOptions } from '../deployments/deployment.ts';
import { DesiredStateCipher } from '../deployments/desired-state.ts';
import { InstallationStore } from '../store/installation.store.ts';
import type { Stack, StackPlace } from '../stacks/stack.ts';
import { StackStore } from '../stacks/stack.store.ts';

/** What the engine plans a step of a stack by: the same for a plan and for the deployment that applies it. */
@Injectable()
export class EngineOptionsBuilder {
  constructor(
    private readonly cipher: DesiredStateCipher,
    private readonly stacks: StackStore,
    private readonly installation: InstallationStore,
  ) {}

  async build(
    stack: StackPlace & { readonly stackId: string },
    step: Step,
    options: DeployOptions,
  ): Promise<EngineOptions> {
    const { stackId, target, namespace, project } = stack;
    const [id, others] = await Promise.all([this.installation.id(), this.stacks.inNamespace(target, namespace)]);
    return {
      ...toEngineOptions(options, namespace),
      digestKey: this.cipher.digestKey,
      inventory: step.inventory,
      owner: { installation: id, stack: stackId, project, namespace },
      adopt: options.adopt.map((name) => adoptedId(name, namespace)),
      adoptFrom: envmapStacksOf(stackId, step, others),
      completed: step.completed,
    };
  }
}

/** Stacks that an env map made for services which are deployed now: what they have becomes this stack's. */
function envmapStacksOf(stackId: string, { part }: Step, others: readonly Stack[]): string[] {
  const names = new Set(Object.values(part.services).map(({ objectName }) => objectName));
  return others
    .filter(({ id, isEnvmap, project }) => isEnvmap && id !== stackId && names.has(project))
    .map(({ id }) => id);
}
