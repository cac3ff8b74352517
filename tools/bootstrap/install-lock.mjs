// @ts-check
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Runs `work` while no other command of this checkout installs. A lock left by a process that died is taken over.
 * @param {string} root
 * @param {() => Promise<void>} work
 */
export async function withInstallLock(root, work) {
  await mkdir(join(root, '.ushadow'), { recursive: true });
  const path = join(root, '.ushadow', 'install.lock');
  let told = false;
  while (!(await create(path))) {
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (holder && !isAlive(holder)) {
      await rm(path, { force: true });
      continue;
    }
    if (!told) console.log('Waiting for another command that is installing packages');
    told = true;
    await delay(500);
  }
  try {
    await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** @param {string} path */
async function create(path) {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
