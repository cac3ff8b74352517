import type { ProjectVariableData } from '@ushadow/contracts';
import type { ExitCode, CommandContext, Names, OptionTable } from '../command.ts';
import { LOAD_OPTIONS, LOAD_USAGE } from '../compose/load-options.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  PLACE_OPTIONS,
  PLACE_USAGE,
} from '../gateway/command-line.ts';
import { readNames } from '../gateway/service-names.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { table } from '../terminal/table.ts';
import { placeOfUse } from '../up/resolve-variables.ts';
import { LocalPaths } from '../up/local-paths.ts';
import { STACK_OPTIONS } from '../up/stack-options.ts';
import { askVariables } from '../up/prepare-project.ts';
import { envText } from '../up/env-text.ts';

export const usage = `Usage: ushadow variables [SERVICE...] [OPTIONS]

Shows the variables of a project: which value each would get, where that comes from, and where it is used. Values of secrets
are never shown. The files in this folder go to the gateway first, as with ushadow up.

      --env                  as a file for .env; values of secrets are left empty
      --infra-of PROJECT     use the databases, caches and queues of another stack; repeat
${LOAD_USAGE}${PLACE_USAGE}${GATEWAY_USAGE}`;

export const options = {
  ...LOAD_OPTIONS,
  ...PLACE_OPTIONS,
  ...GATEWAY_OPTIONS,
  env: { type: 'boolean' },
  'infra-of': STACK_OPTIONS['infra-of'],
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  const { env: asEnv, ...rest } = values;
  const named = readNames(positionals, values['project-name']);
  const places = new LocalPaths(context, values.json);
  const { print } = places.context;
  return withGateway(values.api, places.context, async (gateway) => {
    const { answer } = await askVariables(gateway, named, rest, places);
    if (values.json === true) print(`${JSON.stringify(answer)}\n`);
    else print(asEnv === true ? envText(answer.variables) : variablesTable(answer.variables));
    return 0;
  });
}

function variablesTable(variables: readonly ProjectVariableData[]): string {
  const rows = variables.map((each) => [
    each.name,
    valueText(each),
    each.source,
    each.is_secret ? 'secret' : '',
    [...new Set([...each.uses.map(placeOfUse), ...each.containers])].filter(Boolean).join(', '),
  ]);
  return table(['VARIABLE', 'VALUE', 'SOURCE', 'SECRET', 'USED IN'], rows);
}

function valueText({
  value,
  is_secret: isSecret,
  is_set: isSet,
  is_required: isRequired,
}: ProjectVariableData): string {
  if (!isSet) return isRequired ? '(missing)' : '(not set)';
  return isSecret ? '(set)' : (value ?? '(several)');
}
