// @ts-check
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FLAG = '--conditions=@ushadow/source';

/**
 * True when this process is Node 24 with the condition that lets it run the workspace's TypeScript sources. Otherwise runs
 * the same command again under the Node that npm installed, takes over its exit code, and says false.
 * @param {string} entry `import.meta.url` of the command
 */
export async function underPinnedNode(entry) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24 && process.execArgv.includes(FLAG)) return true;
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const pinned = join(root, 'node_modules', '.bin', 'node');
  const node = existsSync(pinned) ? pinned : process.execPath;
  if (node === process.execPath && major < 24)
    throw new Error(`Node 24 or newer is needed here; this is ${process.version}`);
  const child = spawn(node, [FLAG, fileURLToPath(entry), ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal sends INT to both; the others reach only this process.
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => undefined);
  process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  return false;
}
