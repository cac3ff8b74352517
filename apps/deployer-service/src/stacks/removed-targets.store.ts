import { Injectable } from '@nestjs/common';
import type { Target } from '@ushadow/contracts';
import type { KeptOfClusters } from '@ushadow/messaging';
import { Database } from '../store/database.store.ts';

/** Of targets of other kinds nothing is known here. */
const CLUSTERS = { targetKind: 'kubernetes' } satisfies { targetKind: Target['kind'] };

/**
 * Since when the clusters of stacks are not registered any more. Nothing goes at once: a list that lacks a cluster by
 * mistake, such as that of a restored database, costs nobody a revision.
 */
@Injectable()
export class RemovedTargets implements KeptOfClusters {
  constructor(private readonly database: Database) {}

  async clusterIds(): Promise<readonly string[]> {
    const rows = await this.database.prisma.stack.groupBy({ by: ['targetId'], where: CLUSTERS });
    return rows.map(({ targetId }) => targetId);
  }

  async deleteCluster(clusterId: string): Promise<number> {
    const { count } = await this.database.prisma.stack.updateMany({
      where: { ...CLUSTERS, targetId: clusterId, targetGoneAt: null },
      data: { targetGoneAt: new Date() },
    });
    return count;
  }

  async known(clusterIds: readonly string[]): Promise<void> {
    await this.database.prisma.stack.updateMany({
      where: { ...CLUSTERS, targetId: { in: [...clusterIds] }, targetGoneAt: { not: null } },
      data: { targetGoneAt: null },
    });
  }
}
