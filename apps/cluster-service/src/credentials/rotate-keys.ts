import { rewrapEnvelope, type KeyRing } from '@ushadow/secrets';
import { bindingOf } from './credential-vault.ts';
import type { KeyCheckStore } from './key-check.store.ts';
import type { KeyRotationStore } from './key-rotation.store.ts';

export interface RotationResult {
  readonly rewrapped: number;
  /** Clusters whose credential no key here opens; left as they were. */
  readonly unreadable: readonly string[];
  /** Keys that stored data still needs. */
  readonly keysInUse: readonly string[];
}

const BATCH = 50;

/**
 * Wraps every credential with the ring's current key; only the wrapped data key changes, and each is opened before it
 * is written. Killed at any point, it is run again and goes on with what is left.
 */
export class RotateKeys {
  private readonly ring: KeyRing;
  private readonly rows: KeyRotationStore;
  private readonly checks: KeyCheckStore;

  constructor(ring: KeyRing, rows: KeyRotationStore, checks: KeyCheckStore) {
    this.ring = ring;
    this.rows = rows;
    this.checks = checks;
  }

  /** `onBatch` hears how many are done so far. */
  async run(onBatch: (rewrapped: number) => void): Promise<RotationResult> {
    let rewrapped = 0;
    const unreadable: string[] = [];
    for (let after = ''; ;) {
      const batch = await this.rows.wrappedByOthers(this.ring.current.id, after, BATCH);
      const last = batch.at(-1);
      if (last === undefined) break;
      for (const row of batch) {
        const moved = this.rewrap(row);
        if (moved === undefined) unreadable.push(row.id);
        else if (await this.rows.replace(row, moved, this.ring.current.id)) rewrapped += 1;
      }
      onBatch(rewrapped);
      after = last.id;
    }
    return { rewrapped, unreadable, keysInUse: await this.forgetUnusedKeys() };
  }

  private rewrap({ id, credential, credentialVersion }: { id: string; credential: string; credentialVersion: number }) {
    try {
      return rewrapEnvelope(this.ring, bindingOf(id, credentialVersion), credential);
    } catch {
      return undefined;
    }
  }

  private async forgetUnusedKeys(): Promise<readonly string[]> {
    const inUse = (await this.checks.keysInUse()).map(({ keyId }) => keyId);
    const unused = this.ring.ids.filter((id) => id !== this.ring.current.id && !inUse.includes(id));
    for (const id of unused) await this.checks.remove(id);
    return inUse;
  }
}
