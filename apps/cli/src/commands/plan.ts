import type { ExitCode, CommandContext } from '../command.ts';
import { LOAD_USAGE } from '../compose/load-options.ts';
import { GATEWAY_USAGE, PLACE_USAGE } from '../gateway/command-line.ts';
import { run as up } from './up.ts';
import { STACK_USAGE } from '../up/stack-options.ts';

export const usage = `Usage: ushadow plan [SERVICE...] [OPTIONS]

Asks the cluster what ushadow up would change, and keeps the answer as a plan. The project's files go to the gateway;
nothing is written to the cluster. Exit code 1 when the plan cannot be applied.

  -y, --yes                  yes to a namespace that holds other things
${LOAD_USAGE}${PLACE_USAGE}${STACK_USAGE}${GATEWAY_USAGE}`;

export function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  return up(['--plan', ...args], context);
}
