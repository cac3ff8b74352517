import type { operations } from '@ushadow/contracts';
import { type DeploymentData, type InputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { NO_CONTENT, type StackWish } from '../content/stack-content.ts';
import type { BeginDeployment } from '../deployments/begin-deployment.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import type { DeploymentStore } from '../deployments/deployment.store.ts';
import { findStack, revisionWith } from './find-stack.ts';
import type { StackContents } from './stack-contents.ts';
import type { StackStore } from './stack.store.ts';

interface Parts {
  readonly stacks: StackStore;
  readonly contents: StackContents;
  readonly deployments: DeploymentStore;
  readonly begin: BeginDeployment;
}

/** Deletes what a stack has by its inventory, or what of it some services want alone: exactly the objects that are its own. */
export class RemoveStack {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(input: InputOf<typeof operations.removeStack>, context: RequestContext): Promise<DeploymentData> {
    const { stacks, contents, begin } = this.parts;
    const stack = await findStack(input.stack_id, stacks);
    const { services } = input;
    const good =
      services === undefined ? await contents.lastGood(stack.id) : await revisionWith(stack, services, contents);
    const wish: StackWish = {
      content: NO_CONTENT,
      selected: [],
      gone: services ?? (await this.all(stack.id, Object.keys(good?.content.services ?? {}))),
      change: {},
    };
    const { id: stackId, clusterId, namespace, project } = stack;
    const deployment = await begin.run(
      {
        ...{ stackId, clusterId, namespace, project, wish },
        ...defaultOptions,
        ...{ kind: 'remove', rollback: false, basedOn: null, planId: null, planHash: null },
        deleteClaims: input.delete_claims ?? [],
        deleteNamespace: input.delete_namespace ?? false,
        supersede: input.supersede,
        message: input.message,
      },
      context,
    );
    return toContract(deployment);
  }

  /** What is left of services that never were good goes as well. */
  private async all(stackId: string, services: readonly string[]): Promise<string[]> {
    const inventory = (await this.parts.deployments.inventory(stackId)) ?? [];
    return [...new Set([...services, ...inventory.flatMap((entry) => entry.services ?? [])])].sort();
  }
}
