import { Injectable } from '@nestjs/common';
import { operations } from '@ushadow/contracts';
import type { ClusterConnection } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { RpcCaller } from '@ushadow/messaging';

export interface OpenedCluster {
  /** The cluster's default namespace. */
  readonly namespace: string;
  readonly transport: KubernetesTransport;
}

const CALL_DEADLINE_MS = 20_000;
/** Of one page of 500 objects; of an ordinary cluster it has two or three. */
const PAGE_MAX_BYTES = 32 * 1024 * 1024;

/** Asks cluster-service for connections, and stores none. */
@Injectable()
export class ClusterAccess {
  constructor(private readonly rpc: RpcCaller) {}

  /** The caller closes the transport. Throws what cluster-service answers. */
  async open(clusterId: string): Promise<OpenedCluster> {
    const answer = await this.rpc.call(operations.openConnection, { cluster_id: clusterId });
    const transport = new KubernetesTransport(answer.connection as unknown as ClusterConnection, {
      callDeadlineMs: CALL_DEADLINE_MS,
      responseMaxBytes: PAGE_MAX_BYTES,
      retryBudget: { totalWaitMs: 3_000, firstWaitMs: 100, maxWaitMs: 1_000 },
    });
    return { namespace: answer.namespace, transport };
  }
}
