import { openEnvelope, sealEnvelope, type KeyRing } from '@ushadow/secrets';
import { createHash } from 'node:crypto';

/** What the compiler made of a service, as JSON text: objects with their Secrets, and the order among them. */
export class DesiredStateCipher {
  private readonly keys: KeyRing;

  constructor(keys: KeyRing) {
    this.keys = keys;
  }

  encrypt(deploymentId: string, text: string): string {
    return sealEnvelope(this.keys, { recordId: deploymentId, purpose: 'desired-state' }, text);
  }

  decrypt(deploymentId: string, envelope: string): string {
    return openEnvelope(this.keys, { recordId: deploymentId, purpose: 'desired-state' }, envelope).toString('utf8');
  }
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
