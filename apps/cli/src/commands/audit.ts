import type { AuditEntryData } from '@ushadow/contracts';
import { UsageError, type ExitCode, type Surroundings } from '../command.ts';
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

Shows who did what with which result, newest first. verify walks the chain of hashes over all entries; exit code 1 when an
entry was changed, replaced or removed, and its number.

  -c, --cluster NAME|ID      only entries of this cluster
  -n, --namespace NAME       only entries of this namespace
  -p, --project-name NAME    only entries of this project
      --deployment ID        only entries of this deployment
      --limit N              how many; default: 20
      --before N             only entries below this number
${GATEWAY_USAGE}`;

interface Values {
  readonly cluster?: string | undefined;
  readonly namespace?: string | undefined;
  readonly 'project-name'?: string | undefined;
  readonly deployment?: string | undefined;
  readonly limit: number | undefined;
  readonly before: number | undefined;
  readonly json?: boolean | undefined;
}

export async function run(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const own = {
    'project-name': { type: 'string', short: 'p' },
    deployment: { type: 'string' },
    limit: { type: 'string' },
    before: { type: 'string' },
  } as const;
  const { values, positionals } = parseCommandLine(args, { ...GATEWAY_OPTIONS, ...PLACE_OPTIONS, ...own }, 1);
  const [what] = positionals;
  if (what !== undefined && what !== 'verify') throw new UsageError(`audit takes nothing or verify, not ${what}.`);
  const numbers = { limit: wholeNumber('limit', values.limit), before: wholeNumber('before', values.before) };
  return withGateway(values.api, surroundings, (gateway) =>
    what === 'verify'
      ? verify(gateway, values.json === true, surroundings)
      : list(gateway, { ...values, ...numbers }, surroundings),
  );
}

async function verify({ client }: Gateway, json: boolean, { print }: Surroundings): Promise<ExitCode> {
  const answer = await client.verifyAudit({});
  const { intact, entries, head, broken } = answer;
  const good = `${String(entries)} entries, intact. Head ${String(head.sequence)} ${head.hash}`;
  const bad = broken === null ? '' : `Broken at entry ${String(broken.sequence)} (${broken.reason}): ${broken.message}`;
  if (json) print(`${JSON.stringify(answer)}\n`);
  else print(`${intact ? good : bad}\n`);
  return intact ? 0 : 1;
}

async function list(gateway: Gateway, values: Values, surroundings: Surroundings): Promise<ExitCode> {
  const { namespace, 'project-name': project, deployment, limit, before } = values;
  const cluster = values.cluster === undefined ? undefined : await findCluster(gateway, values.cluster, surroundings);
  const { entries } = await gateway.client.listAudit({
    limit: limit ?? 20,
    ...(cluster === undefined ? {} : { cluster_id: cluster.cluster_id }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(project === undefined ? {} : { project }),
    ...(deployment === undefined ? {} : { deployment_id: deployment }),
    ...(before === undefined ? {} : { before }),
  });
  const head = ['ENTRY', 'WHEN', 'ACTION', 'KIND', 'WHAT', 'NAMESPACE', 'WHO', 'VERDICT', 'PLAN', 'DEPLOYMENT'];
  surroundings.print(values.json === true ? `${JSON.stringify(entries)}\n` : table(head, entries.map(rowOf)));
  return 0;
}

function rowOf(entry: AuditEntryData): string[] {
  const { verdict } = entry;
  return [
    String(entry.sequence),
    entry.time.slice(0, 19),
    entry.action,
    entry.kind ?? '',
    whatOf(entry),
    entry.namespace,
    entry.actor,
    verdict === null ? '' : [verdict.status, verdict.code ?? ''].join(' ').trim(),
    entry.plan_hash?.slice(0, 12) ?? '',
    entry.deployment_id ?? '',
  ];
}

/** The project with its services; in entries from before there were stacks, the service. */
function whatOf({ project, services = [], service_name: service }: AuditEntryData): string {
  return project == null ? (service ?? '') : subject({ project, services });
}
