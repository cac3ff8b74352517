import { clusterOf, type StackSummaryData } from '@ushadow/contracts';
import type { ExitCode, CommandContext, OptionTable } from '../command.ts';
import { allStacks } from '../gateway/all-stacks.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  PLACE_OPTIONS,
  type StackValues,
} from '../gateway/command-line.ts';
import { findCluster } from '../gateway/find-cluster.ts';
import { sameClustersLines } from '../gateway/same-clusters.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { addressText } from '../terminal/address-text.ts';
import { ageText, factText, lastText } from '../terminal/fact-text.ts';
import { table } from '../terminal/table.ts';
import { visibleText } from '../terminal/terminal-text.ts';

export const usage = `Usage: ushadow ls [OPTIONS]

Shows the stacks there are: what runs where, and how it is.

  -c, --cluster NAME|ID      only those on this cluster
  -n, --namespace NAME       only those in this namespace
${GATEWAY_USAGE}`;

export const options = { ...GATEWAY_OPTIONS, ...PLACE_OPTIONS } as const satisfies OptionTable;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values } = parseCommandLine(args, options, 0);
  return withGateway(values.api, context, async (gateway) => {
    const [stacks, clusters] = await Promise.all([
      chosenStacks(gateway, values, context),
      gateway.client.listClusters({}),
    ]);
    const names = new Map(clusters.map(({ cluster_id: id, name }) => [id, name]));
    context.print(values.json === true ? `${JSON.stringify(stacks)}\n` : stacksTable(stacks, names));
    if (values.cluster === undefined)
      for (const line of sameClustersLines(clusters, clusters)) context.printError(`${visibleText(line)}\n`);
    return 0;
  });
}

async function chosenStacks(
  gateway: Gateway,
  { cluster, namespace }: StackValues,
  context: CommandContext,
): Promise<StackSummaryData[]> {
  const chosen = cluster === undefined ? undefined : await findCluster(gateway, cluster, context);
  return allStacks(gateway, {
    limit: 200,
    ...(chosen === undefined ? {} : { cluster_id: chosen.cluster_id }),
    ...(namespace === undefined ? {} : { namespace }),
  });
}

function stacksTable(stacks: readonly StackSummaryData[], clusters: ReadonlyMap<string, string>): string {
  const now = Date.now();
  const head = ['PROJECT', 'NAMESPACE', 'CLUSTER', 'HEALTH', 'SERVICES', 'DRIFT', 'ADDRESS', 'LAST DEPLOYMENT'];
  const rows = stacks.map((each) => [
    each.project,
    each.namespace,
    clusters.get(clusterOf(each.target)) ?? clusterOf(each.target),
    factText(each.health, now),
    `${String(each.services_ready)}/${String(each.services)}`,
    driftText(each.drift, now),
    each.address === null ? '' : addressText(each.address),
    lastText(each.deployment, now),
  ]);
  return table(head, rows);
}

function driftText({ state, count, since }: StackSummaryData['drift'], now: number): string {
  if (state !== 'drifted') return state;
  return `${String(count)} changed${since === null ? '' : ` (${ageText(since, now)})`}`;
}
