import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export type CommandResult = { readonly ok: boolean; readonly output: string };

/** Runs a program of node_modules/.bin under this very Node, quietly. */
export function command(root: string, program: string, args: readonly string[]): Promise<CommandResult> {
  const bin = join(root, 'node_modules', '.bin');
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
        NX_TUI: 'false',
        NEXT_TELEMETRY_DISABLED: '1',
        FORCE_COLOR: '0',
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}
