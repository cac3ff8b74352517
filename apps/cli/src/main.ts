import { runCommand } from './run-command.ts';

const environment = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);

process.exitCode = await runCommand(process.argv.slice(2), {
  workingDirectory: process.cwd(),
  environment,
  isTerminal: process.stdout.isTTY === true,
  print: (text) => void process.stdout.write(text),
  printError: (text) => void process.stderr.write(text),
});
