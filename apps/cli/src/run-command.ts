import { commands, retired } from './commands.ts';
import { Refusal, UsageError } from './command.ts';
import type { CommandContext } from './command.ts';
import { visibleText } from './terminal/terminal-text.ts';

/** Runs the command that the arguments name. */
export async function runCommand(argv: readonly string[], context: CommandContext): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    context.print(overview());
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((each) => each.name === name);
  const successor = retired.get(name);
  if (!command && successor !== undefined) {
    context.printError(successor);
    return 2;
  }
  if (!command) {
    context.printError(`There is no command "${name}".\n\n${overview()}`);
    return 2;
  }
  const loaded = await command.load();
  if (loaded.passesArguments !== true && (args.includes('--help') || args.includes('-h'))) {
    context.print(loaded.usage);
    return 0;
  }
  try {
    return await loaded.run(args, context);
  } catch (error) {
    if (error instanceof Refusal) {
      // It may hold what a container or a cluster has said.
      context.printError(`${visibleText(error.message)}\n`);
      return 1;
    }
    if (!(error instanceof UsageError)) throw error;
    context.printError(`${error.message}\n\n${loaded.usage}`);
    return 2;
  }
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return ['Usage: ushadow COMMAND [OPTIONS]', '', ...lines, '', 'ushadow COMMAND --help tells more.', ''].join('\n');
}
