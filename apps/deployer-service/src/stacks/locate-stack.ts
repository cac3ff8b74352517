import { Injectable } from '@nestjs/common';
import type { StackPlaceData } from '@ushadow/contracts';
import { secretValuesOf } from '../content/secret-values.ts';
import { NO_CONTENT, type StackObjects } from '../content/stack-content.ts';
import { withLeftovers } from '../content/with-leftovers.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { findStack } from './find-stack.ts';
import { StackContents } from './stack-contents.ts';
import { StackStore } from './stack.store.ts';

/** What others have to know of a stack to look after its pods: by our tables alone, no cluster is asked. */
@Injectable()
export class LocateStack {
  constructor(
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly deployments: DeploymentStore,
  ) {}

  /** @throws DomainError `STACK_NOT_FOUND` */
  async place(id: string): Promise<StackPlaceData> {
    const stack = await findStack(id, this.stacks);
    const [known, good, inventory = []] = await Promise.all([
      this.known(id),
      this.contents.lastGood(id),
      this.deployments.inventory(id),
    ]);
    const shown = withLeftovers(good?.content ?? NO_CONTENT, stack.project, inventory);
    const services = new Map<string, string>();
    for (const content of [...known, shown])
      for (const [service, { objectName }] of Object.entries(content.services)) services.set(service, objectName);
    return {
      ...{ stack_id: id, cluster_id: stack.clusterId, namespace: stack.namespace, project: stack.project },
      services: [...services].sort().map(([service, object_name]) => ({ service, object_name })),
    };
  }

  /** @throws DomainError `STACK_NOT_FOUND` */
  async secretValues(id: string): Promise<string[]> {
    await findStack(id, this.stacks);
    return secretValuesOf(await this.known(id));
  }

  /** What its pods may be made of now: the last good content, and what was tried since then. */
  private async known(id: string): Promise<readonly StackObjects[]> {
    const good = await this.contents.lastGood(id);
    const tried = await this.contents.tried(id, good);
    return [...(good === undefined ? [] : [good.content]), ...tried.map(({ content }) => content)];
  }
}
