import type { InputOf, operations, OutputOf } from '@ushadow/contracts';
import type { AuditStore } from './audit.store.ts';

type Operation = typeof operations.listAudit;

export class ListAudit {
  private readonly store: AuditStore;

  constructor(store: AuditStore) {
    this.store = store;
  }

  async run(input: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const filter = {
      ...(input.cluster_id === undefined ? {} : { clusterId: input.cluster_id }),
      ...(input.namespace === undefined ? {} : { namespace: input.namespace }),
      ...(input.service_name === undefined ? {} : { serviceName: input.service_name }),
      ...(input.stack_id === undefined ? {} : { stackId: input.stack_id }),
      ...(input.project === undefined ? {} : { project: input.project }),
      ...(input.deployment_id === undefined ? {} : { deploymentId: input.deployment_id }),
    };
    const found = await this.store.list(filter, input.limit + 1, input.before);
    const entries = found.slice(0, input.limit);
    const isMore = found.length > input.limit;
    return { entries, next_before: isMore ? (entries.at(-1)?.sequence ?? null) : null };
  }
}
