import type { Ask } from '../command.ts';
import { runCommand } from '../run-command.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export interface RunOptions {
  readonly workingDirectory: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  /** What is answered to each question, in turn; absent: nobody can be asked. */
  readonly answers?: readonly (string | undefined)[];
}

export async function runUshadow(args: readonly string[], options: RunOptions): Promise<Ran> {
  let [out, error] = ['', ''];
  const left = [...(options.answers ?? [])];
  const ask: Ask = (question) => {
    error += question;
    return Promise.resolve(left.shift());
  };
  const code = await runCommand(args, {
    workingDirectory: options.workingDirectory,
    environment: { NO_COLOR: '1', ...options.environment },
    isTerminal: options.isTerminal ?? false,
    print: (text) => (out += text),
    printError: (text) => (error += text),
    ...(options.answers === undefined ? {} : { ask }),
  });
  return { code, out, error };
}
