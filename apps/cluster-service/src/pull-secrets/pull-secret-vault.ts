import { openEnvelope, sealEnvelope, type Binding, type KeyRing } from '@ushadow/secrets';

/** Seals and opens registry passwords; each ciphertext belongs to one cluster, one registry and one version. */
export class PullSecretVault {
  private readonly ring: KeyRing;

  constructor(ring: KeyRing) {
    this.ring = ring;
  }

  seal(clusterId: string, registry: string, version: number, password: string): string {
    return sealEnvelope(this.ring, pullSecretBinding(clusterId, registry, version), password);
  }

  /** Throws `SecretsError` when it was changed, moved from another row, or its key is not here. */
  open(clusterId: string, registry: string, version: number, envelope: string): string {
    return openEnvelope(this.ring, pullSecretBinding(clusterId, registry, version), envelope).toString('utf8');
  }
}

export function pullSecretBinding(clusterId: string, registry: string, version: number): Binding {
  return { recordId: `${clusterId} ${registry}`, purpose: 'pull-secret', version };
}
