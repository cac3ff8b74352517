import { Injectable } from '@nestjs/common';
import { seal } from '@ushadow/secrets';
import { ConnectCluster } from './connect-cluster.ts';
import { DomainError, operations, type OutputOf } from '@ushadow/contracts';

/** Hands a connection to another service, readable by that service alone. */
@Injectable()
export class OpenConnection {
  constructor(private readonly connect: ConnectCluster) {}

  async run(id: string, recipient: string): Promise<OutputOf<typeof operations.openConnection>> {
    const { stored, connection } = await this.connect.run(id);
    return {
      cluster_id: id,
      name: stored.name,
      namespace: stored.namespace,
      credential_version: stored.credentialVersion,
      sealed: sealFor(recipient, JSON.stringify(connection)),
    };
  }
}

function sealFor(recipient: string, text: string): string {
  try {
    return seal(text, recipient);
  } catch (cause) {
    throw new DomainError('INVALID_INPUT', 'invalid', 'recipient: not a public curve key (xkey)', { cause });
  }
}
