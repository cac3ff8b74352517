import { Refusal, UsageError, type CommandContext } from '../command.ts';
import { parseCommandLine } from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { openStream } from '../shell/open-stream.ts';
import { passBytes } from '../shell/pass-bytes.ts';
import { rawTerminal } from '../shell/raw-terminal.ts';
import { CONTAINER_OPTION, SHELL_OPTIONS, SHELL_USAGE, splitCommand } from '../shell/shell-options.ts';

export const usage = `Usage: ushadow exec [OPTIONS] SERVICE COMMAND [ARGS...]

Runs a command in a container of a service, with its input and output. It gets a terminal where this is one. The exit code is
that of the command; 127 where the container has no such program.

  -T, --no-tty               no terminal, as in a pipe
  -t, --tty                  a terminal, also in a pipe
  -i, --interactive          what is always so: the command gets the input
  -c, --container NAME       default: the container of the service
      --debug IMAGE          run it in a container of this image beside that of the service, which has no such program
${SHELL_USAGE}`;

const OPTIONS = {
  ...SHELL_OPTIONS,
  ...CONTAINER_OPTION,
  'no-tty': { type: 'boolean', short: 'T' },
  tty: { type: 'boolean', short: 't' },
  interactive: { type: 'boolean', short: 'i' },
  debug: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const NOT_THERE = 127;

/** What comes behind the name of the service is the command's own. */
export const passesArguments = true;

export async function run(args: readonly string[], context: CommandContext): Promise<number> {
  const { own, service, command } = splitCommand(args, OPTIONS);
  const { values } = parseCommandLine(own, OPTIONS, 0);
  if (values.help === true) {
    context.print(usage);
    return 0;
  }
  if (service === '') throw new UsageError('SERVICE is missing.');
  if (command.length === 0) throw new UsageError('COMMAND is missing, such as sh.');
  const { streams } = context;
  if (streams === undefined) throw new Refusal('There is no input and output to pass on.');
  const isTerminal = streams.stdin.isTTY === true && streams.stdout.isTTY === true;
  const tty = values['no-tty'] !== true && (values.tty === true || isTerminal);
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
        return await passBytes(stream, streams, { tty });
      } finally {
        giveBack?.();
      }
    },
    { COMMAND_NOT_IN_CONTAINER: NOT_THERE },
  );
}
