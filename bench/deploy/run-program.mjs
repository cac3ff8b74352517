import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { performance } from 'node:perf_hooks';

const cache = join(process.env.USHADOW_CACHE ?? join(homedir(), '.cache', 'ushadow'), 'prebuilt');

/** The path of a program, or undefined where it is not installed. */
export function findRival(name) {
  const folders = [process.env.USHADOW_TOOLS_BIN, ...(process.env.PATH ?? '').split(delimiter), cache];
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** Runs a program once; gives milliseconds from its start to its end. */
export async function timedRun(program, args, env = {}) {
  const startedAt = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${errors}`);
  return performance.now() - startedAt;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
