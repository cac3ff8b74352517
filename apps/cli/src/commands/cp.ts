import { Refusal, UsageError, type CommandContext, type Names, type OptionTable } from '../command.ts';
import { parseCommandLine, required } from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { ContainerTar } from '../shell/container-tar.ts';
import { readCopyEnds, type CopyEnds } from '../shell/copy-ends.ts';
import { CONTAINER_OPTION, SHELL_OPTIONS, SHELL_USAGE } from '../shell/shell-options.ts';
import { visibleText } from '../terminal/terminal-text.ts';
import { copyIn } from '../shell/copy-in.ts';
import { copyOut, type Copied } from '../shell/copy-out.ts';

export const usage = `Usage: ushadow cp [OPTIONS] SERVICE:PATH LOCAL
       ushadow cp [OPTIONS] LOCAL SERVICE:PATH

Copies a file or a folder out of a container, or into it. A target that is a folder gets it inside; PATH/. is what is in a
folder. LOCAL as - is a tar archive on standard output or input. The container needs the program tar.

  -c, --container NAME       default: the container of the service
${SHELL_USAGE}`;

export const options = { ...SHELL_OPTIONS, ...CONTAINER_OPTION } as const satisfies OptionTable;
export const names: readonly Names[] = ['file'];

export async function run(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommandLine(args, options, 2);
  const ends = readCopyEnds(required('The source', positionals[0]), required('The target', positionals[1]));
  if (values.json === true && positionals[1] === '-')
    throw new UsageError('Standard output gets the archive; --json goes with a file or a folder.');
  return withGateway(values.api, context, async (gateway) => {
    const { stack, services } = await findStack(gateway, [ends.service], values, context);
    const [service = ''] = services;
    const { pod, container } = values;
    const tar = new ContainerTar(gateway, { stackId: stack.stack_id, service, pod, container });
    const copied = await copy(tar, ends, context).catch((error: unknown) => {
      throw isOfThisMachine(error) ? new Refusal(inWords(error)) : error;
    });
    return tell(copied, values.json === true, context);
  });
}

async function copy(tar: ContainerTar, { from, to }: CopyEnds, context: CommandContext): Promise<Copied> {
  if (from.kind === 'container' && to.kind === 'local') return copyOut(tar, from.path, to.path, context);
  if (from.kind === 'local' && to.kind === 'container') return copyIn(tar, from.path, to.path, context);
  throw new Refusal('One of the two is in a container.');
}

function tell({ files, bytes, refused }: Copied, json: boolean, context: CommandContext): number {
  if (json) context.print(`${JSON.stringify({ files, bytes, refused })}\n`);
  else for (const each of refused) context.printError(`not copied: ${visibleText(each)}\n`);
  return refused.length === 0 ? 0 : 1;
}

/** What the system says of a file or folder here. */
function isOfThisMachine(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** `EACCES: permission denied, open '/x'`, without the code. */
function inWords({ message }: NodeJS.ErrnoException): string {
  return `It could not be copied: ${message.replace(/^[A-Z]+: /, '')}.`;
}
