import { startTied, withStep } from '@ushadow/testing/servers';
import type { ServerContext } from '@ushadow/testing/servers';
import { delimiter, join } from 'node:path';

/**
 * Runs one Nx target over the whole workspace, or over the named projects. Quiet when it succeeds.
 *
 * @throws Error with Nx's output when a task fails
 */
export async function runNx(
  { env, root, progress }: ServerContext,
  target: string,
  projects: readonly string[] = [],
): Promise<void> {
  const bin = join(root, 'node_modules', '.bin');
  const only = projects.length > 0 ? ['-p', projects.join(',')] : [];
  await withStep(progress, `nx ${target}`, async (step) => {
    let output = '';
    const child = startTied({
      program: process.execPath,
      args: [
        join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js'),
        'run-many',
        '-t',
        target,
        ...only,
        '--outputStyle=static',
      ],
      cwd: root,
      env: {
        ...env,
        PATH: `${bin}${delimiter}${env['PATH'] ?? ''}`,
        NX_TUI: 'false',
        NEXT_TELEMETRY_DISABLED: '1',
        CHECKPOINT_DISABLE: '1',
      },
      onOutput: (text) => {
        output += text;
        const task = /nx run (\S+)/g.exec(text)?.[1];
        if (task) step.update(task);
      },
    });
    if ((await child.exited) !== 0) throw new Error(`nx ${target} failed:\n${output}`);
  });
}
