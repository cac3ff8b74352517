import type { ExitCode, Surroundings } from '../command.ts';
import { parseCommandLine } from '../gateway/command-line.ts';
import { eachService } from '../gateway/each-service.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { JOB_OPTIONS, JOB_USAGE } from './job-options.ts';

export const usage = `Usage: ushadow stop [SERVICE...] [OPTIONS]

Stops the services named, or all services of a stack: no pods are left. start brings them back as they were; ushadow up
does so too.

${JOB_USAGE}`;

export async function run(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, JOB_OPTIONS);
  return withGateway(values.api, surroundings, async (gateway) => {
    const { stack, services } = await findStack(gateway, positionals, values, surroundings);
    const { stack_id } = stack;
    const job = {
      start: (service: string, how: { supersede: false }) => gateway.client.stopService({ stack_id, service, ...how }),
      passes: ['NOT_SCALABLE'],
    };
    return eachService(gateway, { stack_id, services }, job, values, surroundings);
  });
}
