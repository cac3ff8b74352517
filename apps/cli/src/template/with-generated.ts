import type { operations, OutputOf, StackSummaryData } from '@ushadow/contracts';
import { Refusal, type CommandContext } from '../command.ts';
import type { Gateway } from '../gateway/with-gateway.ts';
import { visibleText } from '../terminal/terminal-text.ts';
import type { SentValues } from '../up/sent-values.ts';
import type { SentTemplate } from './sent-template.ts';

/** Values with what is known of their secrecy. */
export interface MarkedValues extends SentValues {
  readonly env_secrets?: Record<string, boolean>;
}

interface Known {
  readonly template: SentTemplate;
  readonly stack: StackSummaryData | undefined;
  readonly answer: OutputOf<typeof operations.projectVariables>;
  /** Names whose remembered value no longer counts. */
  readonly forget: readonly string[];
}

/** The values that were given, with a generated one wherever the installation keeps none; undefined: it keeps all of them. */
export async function withGenerated(
  { client }: Gateway,
  given: SentValues,
  { template, stack, answer, forget }: Known,
  { printError }: Pick<CommandContext, 'printError'>,
): Promise<MarkedValues | undefined> {
  if (stack !== undefined && template.withoutDomain)
    throw new Refusal('This stack has addresses already. Say with --domain where the site of the template is.');
  const before = stack === undefined ? undefined : await client.getStack({ stack_id: stack.stack_id });
  const remembered = (before?.configuration.variables ?? []).map(({ name }) => name);
  const kept = new Set([...remembered.filter((name) => !forget.includes(name)), ...keptElsewhere(answer)]);
  const missing = template.generated.filter(({ name }) => !kept.has(name));
  if (missing.length === 0) return undefined;
  const names = missing.map(({ name }) => name).join(', ');
  printError(visibleText(`Generated, for the stack to keep: ${names}\n`));
  if (before?.revision === null && before.volumes.length > 0)
    printError(
      'warning: no deployment of this stack was good, and it has volumes: what is in them may have other values.\n',
    );
  const secret = missing.filter((value) => value.secret);
  return {
    ...given,
    variables: { ...Object.fromEntries(missing.map(({ name, value }) => [name, value])), ...given.variables },
    ...(secret.length === 0 ? {} : { env_secrets: Object.fromEntries(secret.map(({ name }) => [name, true])) }),
  };
}

/** Of saved values and settings; a default or what a scan finds is nothing that was kept for this project. */
function keptElsewhere({ variables }: Known['answer']): readonly string[] {
  return variables
    .filter(({ is_set: isSet, source }) => isSet && !['default', 'scan', 'none'].includes(source))
    .map(({ name }) => name);
}
