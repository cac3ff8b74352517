import type { Ask } from './command.ts';
import { runCommand } from './run-command.ts';

const environment = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);

const ask: Ask = async (...question) => (await import('./terminal/ask.ts')).askOnTerminal(...question);
const canAsk = process.stdin.isTTY === true && process.stderr.isTTY === true;

process.exitCode = await runCommand(process.argv.slice(2), {
  workingDirectory: process.cwd(),
  environment,
  isTerminal: process.stdout.isTTY === true,
  size: () => ({ columns: process.stdout.columns, rows: process.stdout.rows }),
  print: (text) => void process.stdout.write(text),
  printError: (text) => void process.stderr.write(text),
  streams: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
  ...(canAsk ? { ask } : {}),
});
