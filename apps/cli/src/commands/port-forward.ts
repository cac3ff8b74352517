import { Refusal, type CommandContext, type Names } from '../command.ts';
import { parseCommandLine, required } from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { forward } from '../shell/forward.ts';
import { readPort } from '../shell/read-port.ts';
import { SHELL_OPTIONS, SHELL_USAGE } from '../shell/shell-options.ts';

export const usage = `Usage: ushadow port-forward [OPTIONS] SERVICE [LOCAL:]PORT

Passes connections to a port of this machine's loopback on to a port of a service's pod, until Ctrl-C. :PORT takes any local
port that is free.

${SHELL_USAGE}`;

export const options = SHELL_OPTIONS;
export const names: readonly Names[] = ['service', []];

export async function run(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommandLine(args, options, 2);
  const service = required('SERVICE', positionals[0]);
  const { local, remote } = readPort(required('PORT', positionals[1]));
  return withGateway(values.api, context, async (gateway) => {
    const { stack, services } = await findStack(gateway, [service], values, context);
    const [name] = services;
    if (name === undefined) throw new Refusal('SERVICE is missing.');
    return forward(
      gateway,
      { stackId: stack.stack_id, service: name, pod: values.pod, local, remote },
      context,
      (port) =>
        context.print(
          values.json === true
            ? `${JSON.stringify({ service: name, host: '127.0.0.1', port, remote_port: remote })}\n`
            : `127.0.0.1:${String(port)} leads to port ${String(remote)} of ${name}; Ctrl-C ends it.\n`,
        ),
    );
  });
}
