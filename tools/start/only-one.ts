import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from './options.ts';

/** Refuses a second `npm start` in the same checkout: both would use the same data. Released when the process ends. */
export function claimCheckout(dataRoot: string): void {
  const path = join(dataRoot, 'start.pid');
  mkdirSync(dirname(path), { recursive: true });
  const holder = readHolder(path);
  if (holder !== undefined) {
    throw new UsageError(`Ushadow already runs from this folder (process ${holder}); end that one first`);
  }
  writeFileSync(path, String(process.pid));
  process.once('exit', () => rmSync(path, { force: true }));
}

function readHolder(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    process.kill(pid, 0);
    return pid === process.pid ? undefined : pid;
  } catch {
    return undefined; // no file, or its process is gone
  }
}
