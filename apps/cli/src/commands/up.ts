import { UsageError, type ExitCode, type CommandContext, type Names, type OptionTable } from '../command.ts';
import { LOAD_OPTIONS, LOAD_USAGE, type LoadValues } from '../compose/load-options.ts';
import { DETACH_OPTIONS, DETACH_USAGE } from '../gateway/await-deployment.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  PLACE_OPTIONS,
  PLACE_USAGE,
} from '../gateway/command-line.ts';
import { readNames } from '../gateway/service-names.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { applyPlan, deployProject, showPlan, type Order, type OrderOptions } from '../up/deploy-project.ts';
import { LocalPaths } from '../up/local-paths.ts';
import { prepareProject } from '../up/prepare-project.ts';
import {
  STACK_OPTIONS,
  STACK_USAGE,
  stackRequestOf,
  type StackOptionValues,
  type StackRequest,
} from '../up/stack-options.ts';

const OPTIONS_USAGE = `${LOAD_USAGE}${PLACE_USAGE}${STACK_USAGE}`;

export const usage = `Usage: ushadow up [SERVICE...] [OPTIONS]
       ushadow up --apply PLAN [OPTIONS]

Deploys the project in this folder, all of it or the services named: its files go to the gateway, what is missing is asked
for, and the deployment is followed to its verdict, which is the exit code: 0 succeeded, 1 failed, 3 unknown, 4 cancelled or
superseded. With -p NAME or PROJECT/SERVICE, where no such project lies here: the one of the catalog.

      --plan                 show what would change, and change nothing; exit code 1 when that cannot be applied
      --apply PLAN           exactly what this plan says
${DETACH_USAGE}  -y, --yes                  yes to what would be asked: what is deleted, a namespace that holds other things
  -m, --message TEXT         why, for the history
${OPTIONS_USAGE}${GATEWAY_USAGE}`;

export const options = {
  ...LOAD_OPTIONS,
  ...PLACE_OPTIONS,
  ...STACK_OPTIONS,
  ...GATEWAY_OPTIONS,
  ...DETACH_OPTIONS,
  plan: { type: 'boolean' },
  apply: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  message: { type: 'string', short: 'm' },
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

type Values = LoadValues &
  StackOptionValues &
  OrderOptions & { readonly cluster?: string | undefined; readonly namespace?: string | undefined };

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  const { apply } = values;
  if (apply === undefined) return up(positionals, values, values.api, context);
  const beside = new Set(['apply', 'detach', 'json', 'api', 'message', 'yes']);
  if (positionals.length > 0 || Object.keys(values).some((name) => !beside.has(name)))
    throw new UsageError('A plan says what is deployed where and how; only --detach, --message and --json go with it.');
  return withGateway(values.api, context, (gateway) => applyPlan(gateway, apply, values, context));
}

async function up(
  names: readonly string[],
  values: Values,
  api: string | undefined,
  context: CommandContext,
): Promise<ExitCode> {
  const named = readNames(names, values['project-name']);
  const request = stackRequestOf(values, context);
  const places = new LocalPaths(context, values.json);
  return withGateway(api, places.context, async (gateway) => {
    const prepared = await prepareProject(gateway, named, values, places);
    const { namespace } = values;
    const order: Order = {
      place: prepared.place,
      mayLose: prepared.exists || request.adopt !== undefined,
      request: {
        ...request,
        ...prepared.request,
        ...specsOver(prepared.request.specs, request.specs),
        ...(namespace === undefined ? {} : { namespace }),
      },
      options: values,
    };
    return values.plan === true
      ? showPlan(gateway, order, places.context)
      : deployProject(gateway, order, places.context);
  });
}

/** What the options say of a service goes before what a template says of it. */
function specsOver(weaker: StackRequest['specs'], stronger: StackRequest['specs'] = {}): Pick<StackRequest, 'specs'> {
  if (weaker === undefined) return {};
  const specs = { ...weaker };
  for (const [service, spec] of Object.entries(stronger)) specs[service] = { ...specs[service], ...spec };
  return { specs };
}
