import type { RevisionDiffData } from '@ushadow/contracts';
import type { ExitCode, CommandContext, OptionTable } from '../command.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  STACK_OPTIONS,
  STACK_USAGE,
} from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { describeDiff } from '../terminal/print-diff.ts';
import { textStyler } from '../terminal/terminal-text.ts';

export const usage = `Usage: ushadow diff [REVISION|TAG [REVISION|TAG]] [OPTIONS]

Shows what differs between two revisions of a stack, or between one and what runs; without any, between the current one and
what runs. What the API server fills in by itself is no difference, and of a Secret it is only said which values differ.
\`current\` and \`live\` can stand for a revision.

      --exit-code            1 when there is a difference
${STACK_USAGE}${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  ...STACK_OPTIONS,
  'exit-code': { type: 'boolean' },
} as const satisfies OptionTable;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 2);
  const [from = 'current', to = 'live'] = positionals;
  return withGateway(values.api, context, async (gateway) => {
    const { stack_id } = (await findStack(gateway, [], values, context)).stack;
    const diff = await wholeDiff(gateway, { stack_id, from, to });
    const styled = textStyler(context.isTerminal, context.environment);
    context.print(values.json === true ? `${JSON.stringify(diff)}\n` : describeDiff(diff, styled));
    return values['exit-code'] === true && diff.objects.length > 0 ? 1 : 0;
  });
}

async function wholeDiff(
  { client }: Gateway,
  sides: { readonly stack_id: string; readonly from: string; readonly to: string },
): Promise<RevisionDiffData> {
  const first = await client.diffRevisions(sides);
  const objects = [...first.objects];
  for (let cursor = first.next_cursor; cursor !== null;) {
    const next = await client.diffRevisions({ ...sides, cursor });
    objects.push(...next.objects);
    cursor = next.next_cursor;
  }
  return { ...first, objects, next_cursor: null };
}
