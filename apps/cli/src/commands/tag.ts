import type { ExitCode, CommandContext, OptionTable } from '../command.ts';
import { UsageError } from '../command.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  required,
  STACK_OPTIONS,
  STACK_USAGE,
} from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';

export const usage = `Usage: ushadow tag REVISION NAME [OPTIONS]
       ushadow tag --delete NAME [OPTIONS]

Gives a revision of a stack a name, by which rollback and diff find it; it is kept as long as it has one. A name begins with a
letter and is one revision's at a time.

      --force                move the name from the revision that has it
      --delete               take the name away
${STACK_USAGE}${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  ...STACK_OPTIONS,
  force: { type: 'boolean' },
  delete: { type: 'boolean' },
} as const satisfies OptionTable;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 2);
  const isRemoval = values.delete === true;
  if (isRemoval && positionals.length > 1) throw new UsageError('--delete takes the name alone.');
  const tag = required('NAME', positionals[isRemoval ? 0 : 1]);
  const revision = isRemoval ? undefined : numberOf(required('REVISION', positionals[0]));
  return withGateway(values.api, context, async (gateway) => {
    const { client } = gateway;
    const { stack_id } = (await findStack(gateway, [], values, context)).stack;
    const say = (done: object, text: string): void =>
      context.print(values.json === true ? `${JSON.stringify(done)}\n` : `${text}\n`);
    if (revision === undefined) {
      const done = await client.untagRevision({ stack_id, tag });
      say(done, `revision ${String(done.revision)} is ${tag} no more`);
      return 0;
    }
    const force = values.force === true ? { force: true } : {};
    const done = await client.tagRevision({ stack_id, tag, revision, ...force });
    const was = done.moved_from === null ? '' : `; it was revision ${String(done.moved_from)}`;
    say(done, `revision ${String(done.revision)} is ${tag}${was}`);
    return 0;
  });
}

function numberOf(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new UsageError(`REVISION is a number of the history, not ${text}.`);
  return Number(text);
}
