import { KeptTree } from '@ushadow/contracts';
import { UsageError, type ExitCode, type CommandContext, type OptionTable } from '../command.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  STACK_OPTIONS,
  STACK_USAGE,
} from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { textStyler, visibleText } from '../terminal/terminal-text.ts';
import { treeText } from '../terminal/tree-text.ts';

export const usage = `Usage: ushadow get [KIND/NAME] [OPTIONS]

Shows what is live of a stack: services, what runs them, pods and containers with their restarts and how they ended, how
they are reached, and their volumes. With KIND/NAME, such as deploy/web or pod/web-5d4f7c-x2b9q, one object of it as the
cluster has it; values of Secrets are masked.

  -o, --output yaml|json     of an object; default: yaml. json without KIND/NAME: the tree
      --all                  also containers that are well
${STACK_USAGE}${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  ...STACK_OPTIONS,
  output: { type: 'string', short: 'o' },
  all: { type: 'boolean' },
} as const satisfies OptionTable;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 1);
  const output = values.json === true ? 'json' : (values.output ?? 'yaml');
  if (output !== 'yaml' && output !== 'json') throw new UsageError(`--output is yaml or json, not ${output}.`);
  const [named] = positionals;
  const object = named === undefined ? undefined : readObject(named);
  return withGateway(values.api, context, async (gateway) => {
    const { stack } = await findStack(gateway, [], values, context);
    if (object !== undefined) {
      await printObject(gateway, { stack_id: stack.stack_id, ...object }, output, context);
      return 0;
    }
    const live = await gateway.client.getStackTree({ stack_id: stack.stack_id });
    if (values.json === true || values.output === 'json') context.print(`${JSON.stringify(live)}\n`);
    else {
      const styled = textStyler(context.isTerminal, context.environment);
      const tree = new KeptTree(live.nodes, { unseen: live.unseen });
      context.print(treeText(tree, { all: values.all === true, now: Date.now(), styled }));
    }
    return 0;
  });
}

function readObject(text: string): { kind: string; name: string } {
  const [kind = '', name = '', ...more] = text.split('/');
  if (kind === '' || name === '' || more.length > 0)
    throw new UsageError(`An object is named by its kind and its name, such as deploy/web, unlike ${text}.`);
  return { kind, name };
}

async function printObject(
  { client }: Gateway,
  object: Parameters<Gateway['client']['getLiveObject']>[0],
  output: 'yaml' | 'json',
  { print }: CommandContext,
): Promise<void> {
  const live = await client.getLiveObject(object);
  print(output === 'json' ? `${JSON.stringify(live.object, null, 2)}\n` : visibleText(live.yaml));
}
