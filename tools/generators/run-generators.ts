import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@ushadow/testing';

/**
 * Runs the generators one after the other, each as a process of its own: `tools/generators/<name>.mjs` writes files that are
 * kept in git. Names choose some of them.
 */
export async function runGenerators(names: readonly string[]): Promise<void> {
  const root = repositoryRoot();
  const folder = join(root, 'tools', 'generators');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.mjs')).sort();
  const unknown = names.find((name) => !files.includes(`${name}.mjs`));
  if (unknown) throw new Error(`no generator ${unknown}; there are ${files.join(', ')}`);
  const chosen = files.filter((file) => names.length === 0 || names.includes(file.slice(0, -'.mjs'.length)));
  for (const file of chosen) await runOne(root, join(folder, file));
}

function runOne(root: string, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--conditions=@ushadow/source', file], { cwd: root, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${file} failed with exit code ${code}`));
    });
  });
}
