import { Injectable } from '@nestjs/common';
import { operations } from '@ushadow/contracts';
import type { ClusterConnection } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { RpcCaller } from '@ushadow/messaging';
import { generateSealKeys, open } from '@ushadow/secrets';

export interface OpenedCluster {
  /** The cluster's default namespace. */
  readonly namespace: string;
  readonly transport: KubernetesTransport;
}

const CALL_DEADLINE_MS = 20_000;
/** Of one page of 500 objects; of an ordinary cluster it has two or three. */
const PAGE_MAX_BYTES = 32 * 1024 * 1024;

/** Asks cluster-service for connections, sealed to keys that this process made for itself and never stores. */
@Injectable()
export class ClusterAccess {
  private readonly keys = generateSealKeys();

  constructor(private readonly rpc: RpcCaller) {}

  /** The caller closes the transport. Throws what cluster-service answers. */
  async open(clusterId: string): Promise<OpenedCluster> {
    const recipient = this.keys.publicKey;
    const answer = await this.rpc.call(operations.openConnection, { cluster_id: clusterId, recipient });
    const connection = JSON.parse(open(answer.sealed, this.keys).toString('utf8')) as ClusterConnection;
    const transport = new KubernetesTransport(connection, {
      callDeadlineMs: CALL_DEADLINE_MS,
      responseMaxBytes: PAGE_MAX_BYTES,
      retryBudget: { totalWaitMs: 3_000, firstWaitMs: 100, maxWaitMs: 1_000 },
    });
    return { namespace: answer.namespace, transport };
  }
}
