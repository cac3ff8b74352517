import { Injectable } from '@nestjs/common';
import { clusterOf, DomainError, operations, type NotificationRuleData } from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';

/** Says before a rule is stored that it is about nothing there is. */
@Injectable()
export class CheckRules {
  constructor(private readonly rpc: RpcCaller) {}

  /** Which rule is about nothing, in words. Undefined also where nobody can be asked now: it is looked at again later. */
  async problemOf(rules: readonly NotificationRuleData[]): Promise<string | undefined> {
    try {
      const isNamed = rules.some(({ cluster_id: id }) => id !== undefined);
      const clusters = isNamed ? await this.rpc.call(operations.listClusters, {}) : [];
      const known = new Set(clusters.map(({ cluster_id: id }) => id));
      for (const [index, { cluster_id: cluster, stack_id: stack }] of rules.entries()) {
        const place = `rules.${String(index)}`;
        if (cluster !== undefined && !known.has(cluster)) return `${place}: there is no cluster ${cluster}.`;
        if (stack === undefined) continue;
        const found = await this.clusterOfStack(stack);
        if (found === undefined) return `${place}: there is no stack ${stack}.`;
        if (cluster !== undefined && cluster !== found) return `${place}: the stack ${stack} is in another cluster.`;
      }
      return undefined;
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unavailable') return undefined;
      throw error;
    }
  }

  private async clusterOfStack(stackId: string): Promise<string | undefined> {
    try {
      return clusterOf((await this.rpc.call(operations.locateStack, { stack_id: stackId })).target);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'STACK_NOT_FOUND') return undefined;
      throw error;
    }
  }
}
