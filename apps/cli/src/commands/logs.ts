import { byteStreams, followLogs } from '@ushadow/contracts';
import { UsageError, type ExitCode, type CommandContext, type Names, type OptionTable } from '../command.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  PLACE_OPTIONS,
  wholeNumber,
} from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { jsonLine, LogOutput } from '../terminal/log-output.ts';

export const usage = `Usage: ushadow logs [SERVICE...] [OPTIONS]

Shows what the containers of a stack write, or those of some services, in the order of its time. Secret values of the stack are
masked.

  -f, --follow               goes on with what is written from now on, over restarts and with successors of pods
      --previous             of each container the run before the current one
      --since AGE|TIME       lines since then, such as 10m or 2026-01-31T12:00:00Z
      --tail N|all           the last lines of each container; default: all
      --search TEXT          only lines that hold the text, in whatever case
  -t, --timestamps           each line with its time
      --pod POD              only this pod
      --container NAME       only containers of this name
      --no-color             plain text
      --no-log-prefix        without the name of the pod before each line
  -p, --project-name NAME    default: the project in this folder
      --file FILE            Compose file of the project; repeat
  -c, --cluster NAME|ID      default: USHADOW_CLUSTER, else wherever the project is
  -n, --namespace NAME       default: wherever the project is
${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  ...PLACE_OPTIONS,
  'project-name': { type: 'string', short: 'p' },
  file: { type: 'string', multiple: true },
  follow: { type: 'boolean', short: 'f' },
  previous: { type: 'boolean' },
  since: { type: 'string' },
  tail: { type: 'string' },
  search: { type: 'string' },
  timestamps: { type: 'boolean', short: 't' },
  pod: { type: 'string' },
  container: { type: 'string' },
  color: { type: 'boolean' },
  'log-prefix': { type: 'boolean' },
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  const { pod, container, search } = values;
  const { since } = values;
  if (since !== undefined && !byteStreams.followLogs.input.shape.since.safeParse(since).success)
    throw new UsageError(`--since is a time, or an age such as 10m, not ${since}.`);
  const tail = values.tail === 'all' ? undefined : wholeNumber('tail', values.tail);
  return withGateway(values.api, context, async (gateway) => {
    const { stack, services } = await findStack(gateway, positionals, values, context);
    const output = new LogOutput(context, {
      colours: values.color !== false,
      prefix: values['log-prefix'] !== false,
      timestamps: values.timestamps === true,
    });
    const wanted = {
      stack_id: stack.stack_id,
      ...{ follow: values.follow === true, previous: values.previous === true, since, tail, search, pod, container },
      ...(services.length === 0 ? {} : { services: [...services] }),
    };
    const say = (text: string): void => {
      if (values.json !== true) context.printError(`${text}\n`);
    };
    let isRefused = false;
    return new Promise<ExitCode>((resolve, reject) => {
      followLogs(
        wanted,
        {
          onLines: async (lines) => {
            context.print(values.json === true ? lines.map(jsonLine).join('') : output.text(lines));
            await context.untilDrained?.();
          },
          onNotice: ({ source, code, message }) => {
            // Of no container at all.
            if (source === null && (code === 'FORBIDDEN' || code === 'NOT_READABLE')) isRefused = true;
            say(output.notice(message));
          },
          onInterrupted: (message) =>
            say(output.notice(message === undefined ? 'The cluster is back.' : `The cluster is away: ${message}`)),
          onLost: () => say(output.notice('The connection is lost; trying again.')),
          onEnd: () => resolve(isRefused ? 1 : 0),
          onRefused: reject,
        },
        gateway.ports,
      );
    });
  });
}
