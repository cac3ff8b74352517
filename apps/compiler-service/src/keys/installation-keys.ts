import type { InstallationKeyStore } from './installation-key.store.ts';

/**
 * Keys of this installation, made once and kept in the database, so that every process has the same ones and a backup holds
 * them. Changing the key ring wraps them anew and leaves them as they are: what they have digested stays comparable.
 */
export abstract class InstallationKeys {
  /** Digests of values that deployments have used. */
  abstract readonly values: Uint8Array;
  /** Digests of a project's files, among which are secrets. */
  abstract readonly files: Uint8Array;
  /** Digests in pods, by which they follow their configuration. */
  abstract readonly checksum: string;
}

export async function installationKeys(store: InstallationKeyStore): Promise<InstallationKeys> {
  const [values, files, checksum] = await Promise.all([
    store.get('value-digest'),
    store.get('files-digest'),
    store.get('config-checksum'),
  ]);
  return { values, files, checksum: checksum.toString('base64') };
}
