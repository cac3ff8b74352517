import { SecretsError } from '../crypto-error.ts';
import { openEnvelope, sealEnvelope, type Binding } from '../envelope.ts';
import type { KeyRing } from '../key-ring.ts';
import type { EnvelopeStore, KeyCheckStore, StoredEnvelope } from './envelope-store.ts';

const CONSTANT = 'the right key';

/** What a service keeps under its key ring. */
export interface SealedData {
  readonly stores: readonly EnvelopeStore[];
  readonly checks: KeyCheckStore;
}

/**
 * Compares the ring with what is stored, before a service starts or rotates; gives every problem, in words for the
 * operator. With a problem nothing is written: data sealed with a wrong key would be lost.
 */
export async function verifyKeyRing(ring: KeyRing, data: SealedData): Promise<readonly string[]> {
  const inUse = await keysInUse(data.stores);
  const found = await Promise.all(inUse.map((keyId) => problemOf(ring, keyId, data)));
  const problems = found.filter((problem) => problem !== undefined);
  if (problems.length > 0) return problems;
  const needed = new Set([ring.current.id, ...inUse]);
  const added = await Promise.all([...needed].map((keyId) => addConstant(ring, keyId, data.checks)));
  return added.filter((problem) => problem !== undefined);
}

async function keysInUse(stores: readonly EnvelopeStore[]): Promise<readonly string[]> {
  const uses = await Promise.all(stores.map((store) => store.keysInUse()));
  return [...new Set(uses.flat().map(({ keyId }) => keyId))].sort();
}

async function problemOf(ring: KeyRing, keyId: string, data: SealedData): Promise<string | undefined> {
  if (ring.get(keyId) === undefined) {
    return `stored data needs key ${keyId}, which USHADOW_KEYS does not have; put it back behind the first key`;
  }
  const constant = await data.checks.find(keyId);
  const proof = constant === undefined ? await anyEnvelope(keyId, data.stores) : checkOf(keyId, constant);
  return proof === undefined || opens(ring, proof) ? undefined : wrongKey(keyId);
}

/** Data that is older than its constant proves the key by itself. */
async function anyEnvelope(keyId: string, stores: readonly EnvelopeStore[]): Promise<StoredEnvelope | undefined> {
  for (const store of stores) {
    const [first] = await store.wrappedBy(keyId, undefined, 1);
    if (first !== undefined) return first;
  }
  return undefined;
}

/** The first process to use a key writes its constant; one that comes with other bytes under that id is refused. */
async function addConstant(ring: KeyRing, keyId: string, checks: KeyCheckStore): Promise<string | undefined> {
  const kept =
    (await checks.find(keyId)) ?? (await checks.add(keyId, sealEnvelope(ring.only(keyId), bindingOf(keyId), CONSTANT)));
  return opens(ring, checkOf(keyId, kept)) ? undefined : wrongKey(keyId);
}

const wrongKey = (keyId: string) =>
  `key ${keyId} of USHADOW_KEYS is not the one the stored data was encrypted with; ` +
  'put the right one back, and give a new key a new id';

const bindingOf = (keyId: string): Binding => ({ recordId: keyId, purpose: 'key-check' });
const checkOf = (keyId: string, envelope: string): StoredEnvelope => ({
  id: keyId,
  binding: bindingOf(keyId),
  envelope,
});

function opens(ring: KeyRing, { binding, envelope }: StoredEnvelope): boolean {
  try {
    openEnvelope(ring, binding, envelope).fill(0);
    return true;
  } catch (error) {
    if (!(error instanceof SecretsError)) throw error;
    return false;
  }
}
