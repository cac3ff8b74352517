import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { withFileLock } from './file-lock.ts';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type InstallOnceOptions = {
  /** The finished folder, e.g. `<cache>/nats-server-2.15.2`. */
  readonly directory: string;
  /** Fills the empty staging folder; the folder takes its final name only after this succeeded. */
  readonly produce: (staging: string) => Promise<void>;
  /** Told when another process is producing the same folder. */
  readonly onWait?: (holder: number) => void;
};

/** Makes a folder of the cache once per machine: a lock keeps others waiting, a failure leaves nothing behind. */
export async function installOnce({ directory, produce, onWait }: InstallOnceOptions): Promise<string> {
  if (existsSync(directory)) return directory;
  const install = async (): Promise<string> => {
    if (existsSync(directory)) return directory;
    const staging = `${directory}.partial`;
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging, { recursive: true });
    await produce(staging);
    await rename(staging, directory);
    return directory;
  };
  return withFileLock(`${directory}.lock`, install, onWait ? { onWait } : {});
}
/** Where programs that were built or unpacked once are kept: `$USHADOW_CACHE`, else `~/.cache/ushadow`. */
export function cacheDirectory(env: NodeJS.ProcessEnv): string {
  return env['USHADOW_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ushadow');
}
