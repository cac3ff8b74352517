import type { InstallationKeyStore } from './installation-key.store.ts';

/**
 * Keys of this installation, made once and kept in the database, so that every process has the same ones and a backup holds
 * them. Changing the key ring wraps them anew and leaves them as they are: what they have digested stays comparable.
 */
export interface InstallationKeys {
  /** Digests of values that deployments have used. */
  readonly values: Uint8Array;
  /** Digests of a project's files, among which are secrets. */
  readonly files: Uint8Array;
  /** Digests in pods, by which they follow their configuration. */
  readonly checksum: string;
}

export async function installationKeys(store: InstallationKeyStore): Promise<InstallationKeys> {
  const [values, files, checksum] = await Promise.all([
    store.get('value-digest'),
    store.get('files-digest'),
    store.get('config-checksum'),
  ]);
  return { values, files, checksum: checksum.toString('base64') };
}
