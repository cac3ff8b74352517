import type { DeploymentData } from '@ushadow/contracts';
import type { CommandContext, ExitCode, Names, OptionTable } from '../command.ts';
import { awaitDeployment } from '../gateway/await-deployment.ts';
import { parseCommandLine, required, wholeNumber } from '../gateway/command-line.ts';
import { exitCodeOf } from '../gateway/exit-code.ts';
import { findStack } from '../gateway/find-stack.ts';
import { follow } from '../gateway/follow.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { splitCommand } from '../shell/shell-options.ts';
import { visibleText } from '../terminal/terminal-text.ts';
import { JOB_OPTIONS, JOB_USAGE } from './job-options.ts';

export const usage = `Usage: ushadow run [OPTIONS] SERVICE [COMMAND...]

Runs a service once, as a Job of its stack: in its image, with its environment and volumes, beside what runs of it; with
another command, or as it is, as a one-shot again. What it has written is printed when it has ended, and its exit code is
that of this command. Options stand before the service.

      --entrypoint WORD      in place of the image's or the service's own
      --deadline SECONDS     until when it must have ended; default: 300
${JOB_USAGE}`;

export const options = {
  ...JOB_OPTIONS,
  entrypoint: { type: 'string' },
  deadline: { type: 'string' },
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

/** What comes behind the name of the service is its command, whatever it begins with. */
export const passesArguments = true;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { own, service: named, command } = splitCommand(args, options);
  const { values } = parseCommandLine(own, options, 0);
  const service = required('SERVICE', named);
  const deadline = wholeNumber('deadline', values.deadline);
  const { detach, json, message, entrypoint } = values;
  return withGateway(values.api, context, async (gateway) => {
    const { stack, services } = await findStack(gateway, [service], values, context);
    const begun = await gateway.client.runJob({
      stack_id: stack.stack_id,
      service: services[0] ?? service,
      supersede: false,
      ...(command.length === 0 ? {} : { command: [...command] }),
      ...(entrypoint === undefined ? {} : { entrypoint: [entrypoint] }),
      ...(deadline === undefined ? {} : { deadline_seconds: deadline }),
      ...(message === undefined ? {} : { message }),
    });
    if (detach === true || json === true) {
      const ended = await awaitDeployment(gateway, begun, { wait: detach !== true, json }, context);
      return detach === true ? 0 : codeOf(ended);
    }
    const ended = await follow(gateway, begun.deployment_id, {
      progress: ({ type, message: text, data }) => {
        if (type !== 'log') context.printError(`${visibleText(text)}\n`);
        else for (const line of linesOf(data)) context.print(`${line}\n`);
      },
      lost: () => context.printError('The connection is lost; trying again.\n'),
    });
    return codeOf(ended);
  });
}

function linesOf({ lines }: Readonly<Record<string, unknown>>): readonly string[] {
  return Array.isArray(lines) ? lines.map(String).map(visibleText) : [];
}

/** That of what was run, where it is known; whoever runs it has its meaning from there. */
function codeOf(ended: DeploymentData): ExitCode {
  return (ended.verdict?.exit_code as ExitCode | null | undefined) ?? exitCodeOf(ended);
}
