import { Injectable } from '@nestjs/common';
import { clusterOf, DomainError, operations } from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';
import { withRequestContext } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import { RemovedStore } from './removed.store.ts';

/**
 * What people have set for a cluster or a stack goes with it: a cluster that is registered again has another id. A stack that
 * was only taken down keeps it, for it comes back under its id.
 */
@Injectable()
export class ForgetRemoved {
  constructor(
    private readonly store: RemovedStore,
    private readonly rpc: RpcCaller,
  ) {}

  /**
   * @param known the ids of all clusters
   * @throws DomainError where somebody who has to be asked is away
   */
  async run(known: ReadonlySet<string>): Promise<void> {
    const named = await this.store.named();
    const clusters = named.clusters.filter((id) => !known.has(id));
    const stacks: string[] = [];
    for (const id of named.stacks) if (!(await this.isThere(id, known))) stacks.push(id);
    if (clusters.length + stacks.length === 0) return;
    const context = { requestId: randomUUID(), actor: 'system' };
    await withRequestContext(context, () => this.store.forget({ clusters, stacks }));
  }

  private async isThere(stackId: string, clusters: ReadonlySet<string>): Promise<boolean> {
    try {
      const { target } = await this.rpc.call(operations.locateStack, { stack_id: stackId });
      return clusters.has(clusterOf(target));
    } catch (error) {
      if (error instanceof DomainError && error.code === 'STACK_NOT_FOUND') return false;
      throw error;
    }
  }
}
