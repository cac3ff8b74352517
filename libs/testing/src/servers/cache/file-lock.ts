import { mkdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createNew, errorCode } from '../../files/create-new.ts';

export type FileLockOptions = {
  /** Called once, with the holder's process id, when the lock has to be waited for. */
  readonly onWait?: (holder: number) => void;
  readonly pollMs?: number;
};

/** A holder touches its lock this often; one that has been silent for `SILENT_MS` is taken for dead. */
const TOUCH_MS = 5_000;
const SILENT_MS = 60_000;

/**
 * Runs `work` while holding `path` as a lock between processes of this machine. A lock whose holder died, even by
 * kill -9 or a reboot, is taken over.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>, options: FileLockOptions = {}): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  await acquire(path, options);
  const touch = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, TOUCH_MS);
  touch.unref();
  try {
    return await work();
  } finally {
    clearInterval(touch);
    await rm(path, { force: true });
  }
}

async function acquire(path: string, { onWait, pollMs = 200 }: FileLockOptions): Promise<void> {
  let announced = false;
  while (!(await createNew(path, String(process.pid)))) {
    const holder = await readHolder(path);
    if (holder === undefined) continue; // given back in the meantime
    if (holder.dead) {
      await discard(path, holder.pid);
      continue;
    }
    // A lock in the making has no holder's name yet.
    if (!announced && holder.pid > 0) {
      onWait?.(holder.pid);
      announced = true;
    }
    await delay(pollMs);
  }
}

async function readHolder(path: string): Promise<{ pid: number; dead: boolean } | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    const silentMs = Date.now() - mtimeMs;
    const pid = Number(text);
    // An empty file is a lock in the making, unless its maker died between two system calls.
    const dead = text === '' ? silentMs > TOUCH_MS : silentMs > SILENT_MS || !isAlive(pid);
    return { pid, dead };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Moves the dead holder's lock aside; of several processes that try, the rename lets one win. */
async function discard(path: string, deadPid: number): Promise<void> {
  const aside = `${path}.dead-${deadPid}-${process.pid}`;
  await rename(path, aside).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
  await rm(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
