import { Injectable } from '@nestjs/common';
import { clusterTarget, type StackPlaceData } from '@ushadow/contracts';
import { formatObjectId, objectId } from '@ushadow/kubernetes';
import { secretValuesOf } from '../content/secret-values.ts';
import { NO_CONTENT, type ServiceContent, type StackObjects } from '../content/stack-content.ts';
import { withLeftovers } from '../content/with-leftovers.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { findStack } from './find-stack.ts';
import { StackContents } from './stack-contents.ts';
import { StackStore } from './stack.store.ts';

/** Newest stacks of a namespace whose secrets are looked for. */
const STACKS_MAX = 200;

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
    const services = new Map<string, ServiceContent>();
    for (const content of [...known, shown])
      for (const [service, each] of Object.entries(content.services)) services.set(service, each);
    const expected = objectsByService(good === undefined ? [] : [good.content]);
    const all = objectsByService([...known, shown]);
    return {
      ...{ stack_id: id, target: stack.target, namespace: stack.namespace, project: stack.project },
      services: [...services.keys()].sort().map((service) => ({
        service,
        object_name: services.get(service)?.objectName ?? service,
        runs_once: services.get(service)?.isOneShot ?? false,
        objects: [...(all.get(service) ?? [])].map((id) => ({ id, expected: expected.get(service)?.has(id) ?? false })),
      })),
    };
  }

  /** Of all stacks in a namespace: what one of them is told by another may be in its log as well. */
  async secretValues(clusterId: string, namespace: string): Promise<string[]> {
    const stacks = await this.stacks.list(
      { target: clusterTarget(clusterId), namespace, project: undefined },
      STACKS_MAX,
    );
    const values = new Set<string>();
    for (const { id } of stacks) for (const value of secretValuesOf(await this.known(id))) values.add(value);
    return [...values];
  }

  /** What its pods may be made of now: the last good content, and what was tried since then. */
  private async known(id: string): Promise<readonly StackObjects[]> {
    const good = await this.contents.lastGood(id);
    const tried = await this.contents.tried(id, good);
    return [...(good === undefined ? [] : [good.content]), ...tried.map(({ content }) => content)];
  }
}

function objectsByService(contents: readonly StackObjects[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { objects } of contents) {
    for (const { object, services } of objects) {
      for (const service of services) {
        const ids = found.get(service) ?? new Set();
        found.set(service, ids.add(formatObjectId(objectId(object))));
      }
    }
  }
  return found;
}
