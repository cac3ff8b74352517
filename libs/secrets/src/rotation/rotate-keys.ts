import { SecretsError } from '../crypto-error.ts';
import { openEnvelope, rewrapEnvelope } from '../envelope.ts';
import type { KeyRing } from '../key-ring.ts';
import type { EnvelopeStore, KeyUse, StoredEnvelope } from './envelope-store.ts';
import type { SealedData } from './verify-key-ring.ts';

export interface RotationProgress {
  readonly store: string;
  /** Envelopes looked at so far, of those another key wrapped at the beginning. */
  readonly done: number;
  readonly total: number;
}

export interface StoreRotation {
  readonly store: string;
  readonly rewrapped: number;
  /** Changed by somebody else meanwhile; left as they are now. */
  readonly overtaken: number;
  /** Ids of rows that no key here opens; left as they were. */
  readonly unreadable: readonly string[];
  /** What each key wraps now. */
  readonly keys: readonly KeyUse[];
}

export interface RotationReport {
  readonly stores: readonly StoreRotation[];
  /** Keys of the ring that nothing here needs any more; their constants are gone. */
  readonly retired: readonly string[];
}

const BATCH = 50;

/**
 * Wraps every envelope with the ring's current key. Only the wrapped data key changes, each result is opened before it
 * is written, and each write is a compare-and-set of one row: safe beside running services, and killed at any point it
 * is run again and goes on with what is left.
 */
export async function rotateKeys(
  ring: KeyRing,
  data: SealedData,
  onProgress: (progress: RotationProgress) => void = () => undefined,
): Promise<RotationReport> {
  const stores: StoreRotation[] = [];
  for (const store of data.stores) stores.push(await rotateStore(ring, store, onProgress));
  const inUse = new Set(stores.flatMap(({ keys }) => keys.map(({ keyId }) => keyId)));
  const retired = ring.ids.filter((id) => id !== ring.current.id && !inUse.has(id));
  for (const id of retired) await data.checks.remove(id);
  return { stores, retired };
}

async function rotateStore(
  ring: KeyRing,
  store: EnvelopeStore,
  onProgress: (progress: RotationProgress) => void,
): Promise<StoreRotation> {
  const others = (await store.keysInUse()).filter(({ keyId }) => keyId !== ring.current.id);
  const total = others.reduce((sum, { count }) => sum + count, 0);
  const counts = { rewrapped: 0, overtaken: 0 };
  const unreadable: string[] = [];
  let done = 0;
  for (const { keyId } of others) {
    for await (const batch of batches(store, keyId)) {
      for (const row of batch) {
        const moved = rewrap(ring, row);
        if (moved === undefined) unreadable.push(row.id);
        else counts[(await store.replace(row, moved)) ? 'rewrapped' : 'overtaken'] += 1;
      }
      done += batch.length;
      onProgress({ store: store.name, done, total });
    }
  }
  return { store: store.name, ...counts, unreadable, keys: await store.keysInUse() };
}

async function* batches(store: EnvelopeStore, keyId: string): AsyncGenerator<readonly StoredEnvelope[]> {
  for (let after: string | undefined; ;) {
    const batch = await store.wrappedBy(keyId, after, BATCH);
    const last = batch.at(-1);
    if (last === undefined) return;
    yield batch;
    after = last.id;
  }
}

/** Undefined when it does not open, before or after. */
function rewrap(ring: KeyRing, { binding, envelope }: StoredEnvelope): string | undefined {
  try {
    const moved = rewrapEnvelope(ring, binding, envelope);
    openEnvelope(ring.only(ring.current.id), binding, moved).fill(0);
    return moved;
  } catch (error) {
    if (!(error instanceof SecretsError)) throw error;
    return undefined;
  }
}
