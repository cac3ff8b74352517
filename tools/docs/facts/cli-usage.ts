import { runCommand } from '../../../apps/cli/src/run-command.ts';

/** Options by command, as each command's `--help` has them. */
export type CliUsage = ReadonlyMap<string, ReadonlySet<string>>;

/** Asks the command line itself, from its sources: what is added to it is known here without another word. */
export async function readCliUsage(): Promise<CliUsage> {
  const names = [...(await help()).matchAll(/^ {2}([a-z][a-z-]*) {2,}\S/gm)].map(([, name = '']) => name);
  if (names.length === 0) throw new Error('ushadow --help lists no command');
  const usages = await Promise.all(names.map((name) => help(name)));
  return new Map(names.map((name, index) => [name, new Set(['--help', '-h', ...optionsIn(usages[index] ?? '')])]));
}

async function help(...args: readonly string[]): Promise<string> {
  let output = '';
  const print = (text: string): void => void (output += text);
  const nowhere = { workingDirectory: '/', environment: {}, isTerminal: false };
  const code = await runCommand([...args, '--help'], { ...nowhere, print, printError: print });
  if (code !== 0) throw new Error(`ushadow ${args.join(' ')} --help failed: ${output}`);
  return output;
}

/** `--long` and `-s` in a text, each once. */
export function optionsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/(?<![\w$-])(--[a-z][a-z-]*|-[A-Za-z](?![\w-]))/g)].map(([option]) => option))];
}
