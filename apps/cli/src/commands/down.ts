import type { StackData } from '@ushadow/contracts';
import { UsageError, type ExitCode, type CommandContext, type Names, type OptionTable } from '../command.ts';
import { awaitDeployment, DETACH_OPTIONS, DETACH_USAGE } from '../gateway/await-deployment.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  STACK_OPTIONS,
  STACK_USAGE,
} from '../gateway/command-line.ts';
import { exitCodeOf } from '../gateway/exit-code.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { confirm } from '../terminal/confirm.ts';
import { visibleText } from '../terminal/terminal-text.ts';

export const usage = `Usage: ushadow down [SERVICE...] [OPTIONS]

Removes a stack, or only the services named. The data in its volumes stays. With --volumes the claims go as well, after they
were listed and somebody said yes to the list, and the namespace if the stack made it and nothing else is in it. The exit
code is the verdict.

      --volumes              the data as well
  -y, --yes                  yes to the list of claims
${DETACH_USAGE}  -m, --message TEXT         why, for the history
${STACK_USAGE}${GATEWAY_USAGE}`;

type Volume = StackData['volumes'][number];

export const options = {
  ...GATEWAY_OPTIONS,
  ...STACK_OPTIONS,
  ...DETACH_OPTIONS,
  volumes: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  message: { type: 'string', short: 'm' },
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  const { volumes: withVolumes = false, detach, json, yes, message } = values;
  if (withVolumes && positionals.length > 0)
    throw new UsageError('--volumes goes with the whole stack: which services use a claim may be several.');
  return withGateway(values.api, context, async (gateway) => {
    const { stack, services } = await findStack(gateway, positionals, values, context);
    const { stack_id } = stack;
    // Exactly what is listed now is deleted, whatever comes meanwhile.
    const { volumes } = await gateway.client.getStack({ stack_id });
    if (withVolumes && volumes.length > 0)
      await confirm(
        { what: ['This data goes for good:', ...volumes.map(volumeLine)], question: 'Delete it?', yes },
        context,
      );
    const begun = await gateway.client.removeStack({
      stack_id,
      supersede: true,
      ...(services.length === 0 ? {} : { services: [...services] }),
      ...(withVolumes ? { delete_claims: volumes.map(({ claim }) => claim), delete_namespace: true } : {}),
      ...(message === undefined ? {} : { message }),
    });
    const deployment = await awaitDeployment(gateway, begun, { wait: detach !== true, json }, context);
    if (!withVolumes && volumes.length > 0) context.printError(stayText(stack, volumes));
    return exitCodeOf(deployment);
  });
}

function volumeLine({ claim, size }: Volume): string {
  return visibleText(`  ${claim}${size === null ? '' : `  ${size}`}`);
}

function stayText({ project, namespace }: { project: string; namespace: string }, volumes: readonly Volume[]): string {
  const command = `ushadow down -p ${project} -n ${namespace} --volumes`;
  return ['These claims stay:', ...volumes.map(volumeLine), `They go with: ${command}`, ''].join('\n');
}
