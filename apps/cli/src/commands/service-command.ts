import type { CommandModule } from '../command.ts';
import { parseCommandLine } from '../gateway/command-line.ts';
import { eachService, type ServiceJob } from '../gateway/each-service.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { JOB_OPTIONS } from './job-options.ts';

/** A command that does the same to each of the services named, or to all of a stack; `nothingToDo` says that one needs none of it. */
export function serviceCommand(
  operation: 'startService' | 'stopService' | 'restartService',
  nothingToDo: string,
): CommandModule['run'] {
  return async (args, context) => {
    const { values, positionals } = parseCommandLine(args, JOB_OPTIONS);
    return withGateway(values.api, context, async (gateway) => {
      const { stack, services } = await findStack(gateway, positionals, values, context);
      const { stack_id } = stack;
      const start: ServiceJob['start'] = (service, how) => gateway.client[operation]({ stack_id, service, ...how });
      return eachService(gateway, { stack_id, services }, { start, passes: [nothingToDo] }, values, context);
    });
  };
}
