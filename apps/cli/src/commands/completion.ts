import { UsageError, type CommandContext, type ExitCode, type Names, type OptionTable } from '../command.ts';
import { complete, type Completion } from '../completion/complete.ts';
import { knownNames } from '../completion/known-names.ts';
import { scripts, SHELLS } from '../completion/scripts.ts';
import { GATEWAY_OPTIONS, JSON_USAGE, parseCommandLine } from '../gateway/command-line.ts';
import { visibleText } from '../terminal/terminal-text.ts';

export const usage = `Usage: ushadow completion bash|zsh|fish [OPTIONS]

Prints the script by which a shell completes commands, options, and names of services, stacks, clusters and templates:

  bash                       source <(ushadow completion bash)
  zsh                        source <(ushadow completion zsh), after compinit
  fish                       ushadow completion fish > ~/.config/fish/completions/ushadow.fish

Names come from this folder, and from the gateway where it answers within a second.

${JSON_USAGE}`;

export const options = { json: GATEWAY_OPTIONS.json } as const satisfies OptionTable;
export const names: readonly Names[] = [SHELLS, []];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  const [what, ...words] = positionals;
  const json = values.json === true;
  // What the scripts ask.
  if (what === 'words') {
    const completion = await complete(
      words,
      context.commands ?? [],
      knownNames({ ...context, printError: () => undefined }),
    );
    context.print(json ? `${JSON.stringify(completion)}\n` : linesOf(completion));
    return 0;
  }
  const shell = SHELLS.find((each) => each === what);
  if (shell === undefined || words.length > 0)
    throw new UsageError(`completion takes one of ${SHELLS.join(', ')}, not ${positionals.join(' ') || 'nothing'}.`);
  const script = scripts[shell];
  context.print(json ? `${JSON.stringify({ shell, script })}\n` : script);
  return 0;
}

function linesOf({ candidates, paths }: Completion): string {
  const lines = candidates.map(({ value, description = '' }) =>
    [value, ...(description === '' ? [] : [description])]
      .map((text) => visibleText(text).replace(/\s+/g, ' '))
      .join('\t'),
  );
  return [...lines, ...(paths === undefined ? [] : [`:${paths}`])].map((line) => `${line}\n`).join('');
}
