import { openEnvelope, sealEnvelope, type Binding, type KeyRing } from '@ushadow/secrets';
import type { ChannelSecrets } from './channel.ts';

/** Seals and opens what is secret of a channel; each ciphertext belongs to one channel. */
export class ChannelVault {
  private readonly ring: KeyRing;

  constructor(ring: KeyRing) {
    this.ring = ring;
  }

  seal(id: string, secrets: ChannelSecrets): string {
    return sealEnvelope(this.ring, channelBinding(id), JSON.stringify(secrets));
  }

  /** Throws `SecretsError` when it was changed, moved from another row, or its key is not here. */
  open(id: string, envelope: string): ChannelSecrets {
    return JSON.parse(openEnvelope(this.ring, channelBinding(id), envelope).toString('utf8')) as ChannelSecrets;
  }
}

export function channelBinding(id: string): Binding {
  return { recordId: id, purpose: 'channel' };
}
