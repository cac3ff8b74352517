import { roles, type GrantData, type Role } from '@ushadow/contracts';
import { UsageError, type CommandContext, type ExitCode, type Names, type OptionTable } from '../command.ts';
import { GATEWAY_OPTIONS, GATEWAY_USAGE, parseCommandLine, required } from '../gateway/command-line.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { table } from '../terminal/table.ts';
import { visibleText } from '../terminal/terminal-text.ts';

export const usage = `Usage: ushadow grant ls [OPTIONS]
       ushadow grant give USER ROLE [--cluster ID] [--namespaces PATTERN] [--projects PATTERN] [OPTIONS]
       ushadow grant take GRANT [OPTIONS]

Says who may do what: ${roles.join(', ')}; each may what those before it may. In a pattern * is any text.

      --cluster ID           only in this cluster
      --namespaces PATTERN   only in these namespaces
      --projects PATTERN     only stacks of these projects
${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  cluster: { type: 'string', short: 'c' },
  namespaces: { type: 'string' },
  projects: { type: 'string' },
} as const satisfies OptionTable;
export const names: readonly Names[] = [['ls', 'give', 'take'], [], roles];

type Values = ReturnType<typeof parseCommandLine<typeof options>>['values'];

interface Asked {
  readonly given: readonly (string | undefined)[];
  readonly values: Values;
  readonly context: CommandContext;
}

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 3);
  const [what = 'ls', ...given] = positionals;
  const action = { ls, give, take }[what];
  if (action === undefined) throw new UsageError(`grant takes ls, give and take, not ${what}.`);
  return withGateway(values.api, context, (gateway) => action(gateway, { given, values, context }));
}

async function ls({ client }: Gateway, { values, context }: Asked): Promise<ExitCode> {
  const { users } = await client.listUsers({});
  const head = ['USER', 'ROLE', 'CLUSTER', 'NAMESPACES', 'PROJECTS', 'GRANT'];
  const rows = users.flatMap(({ user, grants }) =>
    grants.length === 0 ? [[user, 'none', '', '', '', '']] : grants.map(rowOf),
  );
  context.print(values.json === true ? `${JSON.stringify(users)}\n` : table(head, rows));
  return 0;
}

function rowOf({ user, role, cluster, namespaces, projects, grant_id: id }: GrantData): string[] {
  return [user, role, cluster, namespaces, projects, id];
}

async function give({ client }: Gateway, { given, values, context }: Asked): Promise<ExitCode> {
  const [user, role] = given;
  const { cluster, namespaces, projects } = values;
  const grant = await client.giveGrant({
    ...{ user: required('USER', user), role: roleOf(required('ROLE', role)) },
    ...(cluster === undefined ? {} : { cluster }),
    ...(namespaces === undefined ? {} : { namespaces }),
    ...(projects === undefined ? {} : { projects }),
  });
  const said = `${grant.user} is ${grant.role} now.`;
  context.print(values.json === true ? `${JSON.stringify(grant)}\n` : `${visibleText(said)}\n`);
  return 0;
}

async function take({ client }: Gateway, { given, values, context }: Asked): Promise<ExitCode> {
  const answer = await client.takeGrant({ grant_id: required('GRANT', given[0]) });
  context.print(values.json === true ? `${JSON.stringify(answer)}\n` : `${visibleText(answer.message)}\n`);
  return 0;
}

function roleOf(text: string): Role {
  const role = roles.find((each) => each === text);
  if (role === undefined) throw new UsageError(`A role is one of ${roles.join(', ')}, not ${text}.`);
  return role;
}
