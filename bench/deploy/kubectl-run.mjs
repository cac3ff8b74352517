import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const own = join(process.env.USHADOW_TOOLS_BIN ?? '', 'kubectl');
export const kubectl = existsSync(own) ? own : 'kubectl';

/** Runs kubectl once; gives milliseconds. Its discovery cache is warm after the first run, as on a developer's machine. */
export async function kubectlRun(args) {
  const startedAt = performance.now();
  const child = spawn(kubectl, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${errors}`);
  return performance.now() - startedAt;
}
