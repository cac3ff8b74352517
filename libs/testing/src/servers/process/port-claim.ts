import { mkdir, open, stat, unlink } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { errorCode } from './error-code.ts';

/** By then whoever claimed it listens, or has given up. */
const CLAIM_MS = 60_000;

/** Files, so that processes that know nothing of each other do not choose the same port while none of them listens yet. */
const claims = join(tmpdir(), `ushadow-ports-${userInfo().username}`);

/** True for the one caller that has the port for the next minute. */
export async function claimPort(port: number): Promise<boolean> {
  await mkdir(claims, { recursive: true });
  const file = join(claims, String(port));
  if (await isOld(file)) await unlink(file).catch(() => undefined);
  try {
    await (await open(file, 'wx')).close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isOld(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > CLAIM_MS;
}
