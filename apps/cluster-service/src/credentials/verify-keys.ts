import { openEnvelope, sealEnvelope, SecretsError, type Binding, type KeyRing } from '@ushadow/secrets';
import type { KeyCheckStore } from './key-check.store.ts';

const CONSTANT = 'the right key';

/** Compares the key ring with what is stored; gives every problem. Nothing is written with a key that is not right. */
export async function verifyKeys(ring: KeyRing, store: KeyCheckStore): Promise<readonly string[]> {
  const inUse = await store.keysInUse();
  const problems = inUse
    .map(({ keyId, sealed }) => {
      if (ring.get(keyId) === undefined)
        return `stored credentials need key ${keyId}, which USHADOW_KEYS does not have`;
      return sealed === null ? undefined : problemOf(ring, keyId, sealed);
    })
    .filter((problem) => problem !== undefined);
  if (problems.length > 0) return problems;
  const { id } = ring.current;
  const stored = await store.add(id, sealEnvelope(ring, bindingOf(id), CONSTANT));
  const problem = problemOf(ring, id, stored);
  return problem === undefined ? [] : [problem];
}

function problemOf(ring: KeyRing, keyId: string, sealed: string): string | undefined {
  try {
    openEnvelope(ring, bindingOf(keyId), sealed);
    return undefined;
  } catch (error) {
    if (!(error instanceof SecretsError)) throw error;
    return `key ${keyId} of USHADOW_KEYS is not the one the stored data was encrypted with`;
  }
}

const bindingOf = (keyId: string): Binding => ({ recordId: keyId, purpose: 'key-check' });
