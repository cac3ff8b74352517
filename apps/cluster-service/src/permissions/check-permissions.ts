import { Injectable } from '@nestjs/common';
import type { OutputOf, operations } from '@ushadow/contracts';
import { toApiFailure } from '../check/to-api-failure.ts';
import { ConnectCluster } from '../clusters/connect-cluster.ts';
import { reviewPermissions } from './review-permissions.ts';

/** What the stored credential of a cluster may do now. */
@Injectable()
export class CheckPermissions {
  constructor(private readonly connect: ConnectCluster) {}

  async run(clusterId: string, wanted: string | undefined): Promise<OutputOf<typeof operations.checkPermissions>> {
    const { stored, connection } = await this.connect.run(clusterId);
    try {
      return { cluster_id: clusterId, ...(await reviewPermissions(connection, wanted ?? stored.namespace)) };
    } catch (error) {
      throw toApiFailure(error);
    }
  }
}
