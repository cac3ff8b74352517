import { openEnvelope, sealEnvelope, type Binding, type KeyRing } from '@ushadow/secrets';
import { createHash } from 'node:crypto';

/** Seals and opens the keys that calls are signed with, and knows tokens by their digests. */
export class HookVault {
  private readonly ring: KeyRing;

  constructor(ring: KeyRing) {
    this.ring = ring;
  }

  seal(id: string, key: string): string {
    return sealEnvelope(this.ring, hookBinding(id), key);
  }

  /** Throws `SecretsError` when it was changed, moved from another row, or its key is not here. */
  open(id: string, envelope: string): string {
    return openEnvelope(this.ring, hookBinding(id), envelope).toString('utf8');
  }
}

export function hookBinding(id: string): Binding {
  return { recordId: id, purpose: 'hook' };
}

/** A token has 256 random bits: nothing is gained by guessing from its digest. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
