import { openEnvelope, sealEnvelope, type KeyRing } from '@ushadow/secrets';
import { bindingOf, type EnvelopeTable } from './envelope-tables.ts';

/** Seals and opens the values of one table. */
export class Vault {
  private readonly ring: KeyRing;
  private readonly table: EnvelopeTable;

  constructor(ring: KeyRing, table: EnvelopeTable) {
    this.ring = ring;
    this.table = table;
  }

  seal(id: string, value: string | Uint8Array): string {
    return sealEnvelope(this.ring, bindingOf(this.table, id), value);
  }

  /** Throws `SecretsError` when it was changed, moved from another row, or its key is not here. */
  open(id: string, envelope: string): Buffer {
    return openEnvelope(this.ring, bindingOf(this.table, id), envelope);
  }
}
