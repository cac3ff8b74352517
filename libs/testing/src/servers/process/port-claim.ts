import { mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNew, errorCode } from '../../files/create-new.ts';

/** By then whoever claimed it listens, or has given up. */
const CLAIM_MS = 60_000;

/** Files, so that processes that know nothing of each other do not choose the same port while none of them listens yet. */
const claims = join(tmpdir(), `ushadow-ports-${process.getuid?.() ?? 'mine'}`);

/** True for the one caller that has the port for the next minute. */
export async function claimPort(port: number): Promise<boolean> {
  await mkdir(claims, { recursive: true });
  const file = join(claims, String(port));
  if (await isOver(file)) await rm(file, { force: true });
  return createNew(file);
}

async function isOver(file: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(file)).mtimeMs > CLAIM_MS;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
