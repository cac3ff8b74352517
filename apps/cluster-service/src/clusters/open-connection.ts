import { Injectable } from '@nestjs/common';
import type { operations, OutputOf } from '@ushadow/contracts';
import { ConnectCluster } from './connect-cluster.ts';

/** Hands a connection to another service; the bus seals it to that service alone. */
@Injectable()
export class OpenConnection {
  constructor(private readonly connect: ConnectCluster) {}

  async run(id: string): Promise<OutputOf<typeof operations.openConnection>> {
    const { stored, connection } = await this.connect.run(id);
    return {
      cluster_id: id,
      name: stored.name,
      namespace: stored.namespace,
      credential_version: stored.credentialVersion,
      connection: { ...connection },
    };
  }
}
