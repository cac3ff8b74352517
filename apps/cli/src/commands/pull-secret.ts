import type { CommandContext, ExitCode, Names, OptionTable } from '../command.ts';
import { changePlanned, PLANNED_OPTIONS, PLANNED_USAGE } from '../gateway/change-stack.ts';
import { parseCommandLine } from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { JOB_OPTIONS, JOB_USAGE } from './job-options.ts';

export const usage = `Usage: ushadow pull-secret [SERVICE...] [OPTIONS]

Gives the services named, or all of a stack, the credentials that the cluster keeps for the registries of their images, as
they run and without their files. A deployment of the files does so by itself.

${PLANNED_USAGE}${JOB_USAGE}`;

export const options = { ...JOB_OPTIONS, ...PLANNED_OPTIONS } as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  return withGateway(values.api, context, async (gateway) => {
    const { stack, services } = await findStack(gateway, positionals, values, context);
    const named = services.length === 0 ? {} : { services: [...services] };
    return changePlanned(gateway, stack.stack_id, { kind: 'pull-secret', ...named }, values, context);
  });
}
