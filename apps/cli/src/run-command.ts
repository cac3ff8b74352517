import { commands, retired } from './commands.ts';
import { Refusal, UsageError } from './command.ts';
import type { CommandContext, CommandModule } from './command.ts';
import { sayFailure } from './failure.ts';
import { splitCommand } from './shell/shell-options.ts';
import { visibleText } from './terminal/terminal-text.ts';

/** Runs the command that the arguments name. */
export async function runCommand(argv: readonly string[], given: CommandContext): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    given.print(overview());
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((each) => each.name === name);
  if (!command) {
    const context = { ...given, json: args.includes('--json') };
    const words = retired.get(name) ?? `There is no command "${name}".\n\n${overview()}`;
    sayFailure(context, { code: 'USAGE', message: words.split('\n', 1)[0] ?? '' }, words);
    return 2;
  }
  const loaded = await command.load();
  const own = ownArguments(loaded, args);
  if (own.includes('--help') || own.includes('-h')) {
    given.print(loaded.usage);
    return 0;
  }
  const context = { ...given, json: own.includes('--json'), commands };
  try {
    return await loaded.run(args, context);
  } catch (error) {
    if (error instanceof Refusal) {
      const { message, details } = error;
      // It may hold what a container or a cluster has said.
      sayFailure(context, { code: 'REFUSED', message, details }, `${visibleText(message)}\n`);
      return 1;
    }
    if (!(error instanceof UsageError)) throw error;
    const { message } = error;
    sayFailure(context, { code: 'USAGE', message }, `${message}\n\n${loaded.usage}`);
    return 2;
  }
}

/** Arguments before those of a command that it runs. */
function ownArguments({ passesArguments, options }: CommandModule, args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  if (passesArguments !== true) return end < 0 ? args : args.slice(0, end);
  try {
    return splitCommand(args, options).own;
  } catch (error) {
    if (error instanceof UsageError) return args;
    throw error;
  }
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return ['Usage: ushadow COMMAND [OPTIONS]', '', ...lines, '', 'ushadow COMMAND --help tells more.', ''].join('\n');
}
