import { clusterOf, type StackSummaryData } from '@ushadow/contracts';
import { Refusal, UsageError, type CommandContext } from '../command.ts';
import { allStacks } from './all-stacks.ts';
import type { StackValues } from './command-line.ts';
import { findCluster } from './find-cluster.ts';
import { projectOf } from './project-of.ts';
import { readNames } from './service-names.ts';
import type { Gateway } from './with-gateway.ts';

/** A stack, and the services of it that were named. */
export interface ChosenStack {
  readonly stack: StackSummaryData;
  readonly services: readonly string[];
}

/** The stack that the options, the names, or this folder mean. */
export async function findStack(
  gateway: Gateway,
  names: readonly string[],
  values: StackValues,
  context: CommandContext,
): Promise<ChosenStack> {
  const named = readNames(names, values['project-name']);
  const project = named.project ?? projectOf({ file: values.file }, context);
  const wanted = values.cluster ?? context.environment['USHADOW_CLUSTER'];
  const cluster = wanted === undefined ? undefined : await findCluster(gateway, wanted, context);
  const stacks = await allStacks(gateway, {
    project,
    ...(cluster === undefined ? {} : { cluster_id: cluster.cluster_id }),
    ...(values.namespace === undefined ? {} : { namespace: values.namespace }),
  });
  const [stack, ...others] = stacks;
  if (stack === undefined) throw new Refusal(absent(project, values.namespace, cluster?.name));
  if (others.length > 0) throw await ambiguous(gateway, project, stacks);
  return { stack, services: named.services };
}

function absent(project: string, namespace: string | undefined, cluster: string | undefined): string {
  const place = [
    ...(namespace === undefined ? [] : [`in the namespace ${namespace}`]),
    ...(cluster === undefined ? [] : [`on ${cluster}`]),
  ];
  return `${[project, 'is not deployed', ...place].join(' ')}. Deploy it with ushadow up; ushadow ls shows what there is.`;
}

/** Several stacks of one project: one has to be said. */
export async function ambiguous(
  { client }: Gateway,
  project: string,
  stacks: readonly Pick<StackSummaryData, 'target' | 'namespace'>[],
): Promise<UsageError> {
  const clusters = await client.listClusters({});
  const names = new Map(clusters.map(({ cluster_id: id, name }) => [id, name]));
  const lines = stacks.map(({ target, namespace }) => {
    const id = clusterOf(target);
    return `  --cluster ${names.get(id) ?? id} -n ${namespace}`;
  });
  return new UsageError([`${project} has several stacks. Say which one:`, ...lines].join('\n'));
}
