import { openEnvelope, sealEnvelope, type KeyRing } from '@ushadow/secrets';
import { bindingOf, type SealedColumn } from './sealed-column.ts';

/** Seals and opens the values of one column. */
export class Vault {
  private readonly ring: KeyRing;
  private readonly column: SealedColumn;

  constructor(ring: KeyRing, column: SealedColumn) {
    this.ring = ring;
    this.column = column;
  }

  seal(id: string, value: string | Uint8Array): string {
    return sealEnvelope(this.ring, bindingOf(this.column, id), value);
  }

  /** Throws `SecretsError` when it was changed, moved from another row, or its key is not here. */
  open(id: string, envelope: string): Buffer {
    return openEnvelope(this.ring, bindingOf(this.column, id), envelope);
  }
}
