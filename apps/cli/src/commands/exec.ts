import { byteChannels } from '@ushadow/contracts';
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
  -e, --env NAME[=VALUE]     a variable for the command; without a value that of this shell; repeat
  -w, --workdir DIR          folder in the container to start it in
  -c, --container NAME       default: the container of the service
      --debug IMAGE          run it in a container of this image beside that of the service, which has no such program
  -u, --user, --index, -d, --detach, --privileged
                             what a cluster has not: each says what there is instead
${SHELL_USAGE}`;

export const options = {
  ...SHELL_OPTIONS,
  ...CONTAINER_OPTION,
  'no-tty': { type: 'boolean', short: 'T' },
  tty: { type: 'boolean', short: 't' },
  interactive: { type: 'boolean', short: 'i' },
  debug: { type: 'string' },
  env: { type: 'string', short: 'e', multiple: true },
  workdir: { type: 'string', short: 'w' },
  user: { type: 'string', short: 'u' },
  index: { type: 'string' },
  detach: { type: 'boolean', short: 'd' },
  privileged: { type: 'boolean' },
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

const NOT_THERE = 127;

/** What docker compose has and a cluster has not, with what there is in its place. */
const CANNOT = new Map([
  ['user', 'a container runs every command as its own user. Change it there, as in: su USER -c COMMAND.'],
  ['index', 'pods have no numbers. Name one with --pod; ushadow get shows them.'],
  ['detach', 'a command ends with its connection. Start it with nohup and & in a shell of the container.'],
  ['privileged', 'a command has the rights of its container.'],
] as const);

/** What comes behind the name of the service is the command's own. */
export const passesArguments = true;

export async function run(args: readonly string[], context: CommandContext): Promise<number> {
  const { own, service, command } = splitCommand(args, options);
  const { values } = parseCommandLine(own, options, 0);
  if (service === '') throw new UsageError('SERVICE is missing.');
  if (command.length === 0) throw new UsageError('COMMAND is missing, such as sh.');
  for (const name of CANNOT.keys())
    if (values[name] !== undefined) throw new UsageError(`--${name} is not possible: ${CANNOT.get(name) ?? ''}`);
  const variables = variablesOf(values.env ?? [], context);
  const environment = Object.keys(variables);
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
          environment,
          workdir: values.workdir,
          tty,
          ...(tty ? { width: streams.stdout.columns || 80, height: streams.stdout.rows || 24 } : {}),
        },
      );
      if (environment.length > 0) await stream.write(byteChannels.environment, Buffer.from(JSON.stringify(variables)));
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

function variablesOf(texts: readonly string[], { environment }: CommandContext): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name = '', value] = /^([A-Za-z_][A-Za-z0-9_]*)(?:=([^]*))?$/.exec(text) ?? [];
      if (name === '')
        throw new UsageError(`--env is written NAME=VALUE or NAME, unlike ${text.split('=', 1)[0] ?? ''}.`);
      const known = value ?? environment[name];
      if (known === undefined) throw new UsageError(`--env ${name} has no value: this shell has no such variable.`);
      return [name, known];
    }),
  );
}
