import { Refusal, UsageError, type CommandContext, type Names, type OptionTable } from '../command.ts';
import { parseCommandLine } from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { openStream } from '../shell/open-stream.ts';
import { passAsJson } from '../shell/pass-as-json.ts';
import { passBytes } from '../shell/pass-bytes.ts';
import { rawTerminal } from '../shell/raw-terminal.ts';
import { CONTAINER_OPTION, SHELL_OPTIONS, SHELL_USAGE, splitCommand } from '../shell/shell-options.ts';

export const usage = `Usage: ushadow exec [OPTIONS] SERVICE COMMAND [ARGS...]

Runs a command in a container of a service, with its input and output. It gets a terminal where this is one. The exit code is
that of the command; 127 where the container has no such program. With --json each piece of its output is a line, and its exit
code the last.

  -T, --no-tty               no terminal, as in a pipe
  -t, --tty                  a terminal, also in a pipe
  -i, --interactive          what is always so: the command gets the input
  -c, --container NAME       default: the container of the service
      --debug IMAGE          run it in a container of this image beside that of the service, which has no such program
${SHELL_USAGE}`;

export const options = {
  ...SHELL_OPTIONS,
  ...CONTAINER_OPTION,
  'no-tty': { type: 'boolean', short: 'T' },
  tty: { type: 'boolean', short: 't' },
  interactive: { type: 'boolean', short: 'i' },
  debug: { type: 'string' },
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

const NOT_THERE = 127;

/** What comes behind the name of the service is the command's own. */
export const passesArguments = true;

export async function run(args: readonly string[], context: CommandContext): Promise<number> {
  const { own, service, command } = splitCommand(args, options);
  const { values } = parseCommandLine(own, options, 0);
  if (service === '') throw new UsageError('SERVICE is missing.');
  if (command.length === 0) throw new UsageError('COMMAND is missing, such as sh.');
  const { streams } = context;
  if (streams === undefined) throw new Refusal('There is no input and output to pass on.');
  const isTerminal = streams.stdin.isTTY === true && streams.stdout.isTTY === true;
  const json = values.json === true;
  if (json && values.tty === true) throw new UsageError('What a terminal shows is no data: --json goes without --tty.');
  const tty = !json && values['no-tty'] !== true && (values.tty === true || isTerminal);
  return withGateway(
    values.api,
    context,
    async (gateway) => {
      const { stack, services } = await findStack(gateway, [service], values, context);
      const [name = ''] = services;
      const stream = await openStream(
        gateway,
        `/api/stacks/${stack.stack_id}/services/${encodeURIComponent(name)}/exec`,
        {
          command,
          pod: values.pod,
          container: values.container,
          debug_image: values.debug,
          tty,
          ...(tty ? { width: streams.stdout.columns || 80, height: streams.stdout.rows || 24 } : {}),
        },
      );
      const giveBack = tty && isTerminal ? rawTerminal(streams) : undefined;
      try {
        return json ? await passAsJson(stream, streams) : await passBytes(stream, streams, { tty });
      } finally {
        giveBack?.();
      }
    },
    { COMMAND_NOT_IN_CONTAINER: NOT_THERE },
  );
}
