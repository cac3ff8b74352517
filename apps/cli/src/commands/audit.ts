import type { AuditEntryData, TrailReportData } from '@ushadow/contracts';
import { UsageError, type ExitCode, type CommandContext, type Names, type OptionTable } from '../command.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  PLACE_OPTIONS,
  wholeNumber,
} from '../gateway/command-line.ts';
import { findCluster } from '../gateway/find-cluster.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { subject } from '../terminal/describe-deployment.ts';
import { table } from '../terminal/table.ts';

export const usage = `Usage: ushadow audit [OPTIONS]
       ushadow audit verify [OPTIONS]

Shows who changed what with which result, newest first. verify walks the trail of each service and compares it with what the
bus was told of it; exit code 1 when an entry was changed, replaced or removed, and which.

  -c, --cluster NAME|ID      only entries of this cluster
  -n, --namespace NAME       only entries of this namespace
  -p, --project-name NAME    only entries of this project
      --deployment ID        only entries of this deployment
      --limit N              how many; default: 20
      --before CURSOR        the page after the one that ended with this
${GATEWAY_USAGE}`;

interface Values {
  readonly cluster?: string | undefined;
  readonly namespace?: string | undefined;
  readonly 'project-name'?: string | undefined;
  readonly deployment?: string | undefined;
  readonly limit: number | undefined;
  readonly before?: string | undefined;
  readonly json?: boolean | undefined;
}

export const options = {
  ...GATEWAY_OPTIONS,
  ...PLACE_OPTIONS,
  'project-name': { type: 'string', short: 'p' },
  deployment: { type: 'string' },
  limit: { type: 'string' },
  before: { type: 'string' },
} as const satisfies OptionTable;
export const names: readonly Names[] = [['verify']];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 1);
  const [what] = positionals;
  if (what !== undefined && what !== 'verify') throw new UsageError(`audit takes nothing or verify, not ${what}.`);
  const limit = wholeNumber('limit', values.limit);
  return withGateway(values.api, context, (gateway) =>
    what === 'verify' ? verify(gateway, values.json === true, context) : list(gateway, { ...values, limit }, context),
  );
}

async function verify({ client }: Gateway, json: boolean, { print }: CommandContext): Promise<ExitCode> {
  const answer = await client.verifyAudit({});
  const { intact, entries, trails } = answer;
  const good = [`${String(entries)} entries, intact.`, ...trails.map(headOf)].join('\n');
  const bad = trails.flatMap(({ broken }) => (broken === null ? [] : [`Broken (${broken.reason}): ${broken.message}`]));
  if (json) print(`${JSON.stringify(answer)}\n`);
  else print(`${intact ? good : bad.join('\n')}\n`);
  return intact ? 0 : 1;
}

function headOf({ service, head, anchor }: TrailReportData): string {
  if (head === null) return `${service}: nothing yet`;
  const anchored = anchor === null ? 'the bus was told of none' : `the bus was told of ${String(anchor.sequence)}`;
  return `${service}: head ${String(head.sequence)} ${head.seal}; ${anchored}`;
}

async function list(gateway: Gateway, values: Values, context: CommandContext): Promise<ExitCode> {
  const { namespace, 'project-name': project, deployment, limit, before } = values;
  const cluster = values.cluster === undefined ? undefined : await findCluster(gateway, values.cluster, context);
  const {
    entries,
    next_before: next,
    unanswered,
  } = await gateway.client.listAudit({
    limit: limit ?? 20,
    ...(cluster === undefined ? {} : { cluster_id: cluster.cluster_id }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(project === undefined ? {} : { project }),
    ...(deployment === undefined ? {} : { deployment_id: deployment }),
    ...(before === undefined ? {} : { before }),
  });
  const head = ['ENTRY', 'WHEN', 'ACTION', 'KIND', 'WHAT', 'NAMESPACE', 'WHO', 'RESULT', 'PLAN', 'DEPLOYMENT'];
  context.print(values.json === true ? `${JSON.stringify(entries)}\n` : table(head, entries.map(rowOf)));
  if (unanswered.length > 0)
    context.printError(`Entries of ${unanswered.join(', ')} are left out: they did not answer.\n`);
  if (next !== null && values.json !== true) context.printError(`There are more: --before ${next}\n`);
  return 0;
}

function rowOf(entry: AuditEntryData): string[] {
  const { deployment, result } = entry;
  return [
    `${entry.service} ${String(entry.sequence)}`,
    entry.time.slice(0, 19),
    entry.action,
    deployment?.kind ?? '',
    whatOf(entry),
    entry.namespace ?? '',
    entry.actor,
    [result, deployment?.verdict?.code ?? ''].join(' ').trim(),
    deployment?.plan_hash?.slice(0, 12) ?? '',
    entry.deployment_id ?? '',
  ];
}

/** Of a deployment the project with its services, which the namespace stands beside. */
function whatOf({ deployment, project, services, target }: AuditEntryData): string {
  return deployment === null || project === null ? target : subject({ project, services });
}
