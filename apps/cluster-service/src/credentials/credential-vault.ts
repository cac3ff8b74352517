import type { ClusterConnection } from '@ushadow/kubernetes';
import { envelopeKeyId, openEnvelope, sealEnvelope, type Binding, type KeyRing } from '@ushadow/secrets';

export interface SealedCredential {
  readonly credential: string;
  readonly credentialKeyId: string;
}

/** Seals and opens connection records; each ciphertext belongs to one cluster and one version of its credential. */
export class CredentialVault {
  private readonly ring: KeyRing;

  constructor(ring: KeyRing) {
    this.ring = ring;
  }

  seal(clusterId: string, version: number, connection: ClusterConnection): SealedCredential {
    const credential = sealEnvelope(this.ring, bindingOf(clusterId, version), JSON.stringify(connection));
    return { credential, credentialKeyId: envelopeKeyId(credential) };
  }

  /** Throws `SecretsError` when it was changed, moved from another row, or its key is not here. */
  open(clusterId: string, version: number, credential: string): ClusterConnection {
    return JSON.parse(
      openEnvelope(this.ring, bindingOf(clusterId, version), credential).toString('utf8'),
    ) as ClusterConnection;
  }
}

export function bindingOf(clusterId: string, version: number): Binding {
  return { recordId: clusterId, purpose: 'cluster-connection', version };
}
