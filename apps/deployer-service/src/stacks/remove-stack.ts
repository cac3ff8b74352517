import { Injectable } from '@nestjs/common';
import { failure, operations, type DeploymentData, type InputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { podMates } from '../content/replicas.ts';
import { NO_CONTENT, type StackContent, type StackUpdate } from '../content/stack-content.ts';
import { BeginDeployment } from '../deployments/begin-deployment.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { findStack, refuseUnknown } from './find-stack.ts';
import { StackContents } from './stack-contents.ts';
import { StackStore } from './stack.store.ts';

/** Deletes what a stack has by its inventory, or what of it some services want alone: exactly the objects that are its own. */
@Injectable()
export class RemoveStack {
  constructor(
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly deployments: DeploymentStore,
    private readonly begin: BeginDeployment,
  ) {}

  async run(input: InputOf<typeof operations.removeStack>, context: RequestContext): Promise<DeploymentData> {
    const { stacks, contents, begin } = this;
    const stack = await findStack(input.stack_id, stacks);
    const { services } = input;
    const good = await contents.lastGood(stack.id);
    const known = await this.all(stack.id, Object.keys(good?.content.services ?? {}));
    if (services !== undefined) refuseUnknown(stack, services, known);
    if (services !== undefined && good !== undefined) refusePartsOfPods(services, good.content);
    const { secrets: tried } = await contents.kept(stack.id, good);
    const update: StackUpdate = {
      content: NO_CONTENT,
      selected: [],
      gone: services ?? known,
      // The next time starts with what is asked for then; values are kept, since the data that stays may need them.
      change: { ...(services === undefined ? { profiles: [] } : {}), ...tried },
    };
    const { id: stackId, target, namespace, project } = stack;
    const deployment = await begin.run(
      {
        ...{ stackId, target, namespace, project, update },
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

  /** What is left of services that never were good goes as well, and what is about to come. */
  private async all(stackId: string, services: readonly string[]): Promise<string[]> {
    const { deployments } = this;
    const [inventory = [], there] = await Promise.all([
      deployments.inventory(stackId),
      deployments.servicesThere(stackId),
    ]);
    const owners = inventory.flatMap((entry) => entry.services ?? []);
    return [...new Set([...services, ...owners, ...there])].sort();
  }
}

/** A container goes with its pod alone: to say that it is removed while it runs on would be a lie. */
function refusePartsOfPods(services: readonly string[], content: StackContent): void {
  for (const service of services) {
    const staying = podMates(content, service).filter((mate) => !services.includes(mate));
    if (staying.length === 0) continue;
    const names = staying.join(', ');
    const message =
      `${service} runs in one pod with ${names}, which would stay, and ${service} with it. ` +
      `Remove ${names} as well, or take ${service} out of the files and deploy them.`;
    throw failure(operations.removeStack, 'SHARED_CONFLICT', message, { details: { service, services: staying } });
  }
}
